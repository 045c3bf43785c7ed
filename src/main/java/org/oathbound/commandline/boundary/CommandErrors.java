package org.oathbound.commandline.boundary;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.UUID;
import java.util.function.Function;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what has ended a command, in sentences: no name of a Java class, and no page of usage. */
public final class CommandErrors {

    private final Terminal terminal;

    private CommandErrors(Terminal terminal) {
        this.terminal = terminal;
    }

    /** For a root command and all that are below it by now. */
    public static void sayOf(CommandLine root, Terminal terminal) {
        CommandErrors errors = new CommandErrors(terminal);
        root.setExecutionExceptionHandler((e, command, parsed) -> errors.failed(e));
        root.setParameterExceptionHandler((e, arguments) -> errors.misused(e));
        root.registerConverter(int.class, reading(Integer::valueOf, "a whole number"));
        root.registerConverter(Integer.class, reading(Integer::valueOf, "a whole number"));
        root.registerConverter(Duration.class, reading(Duration::parse, "a time such as P3D or PT8H"));
        root.registerConverter(Period.class, reading(Period::parse, "a time such as P90D"));
        root.registerConverter(Instant.class, reading(Instant::parse, "a time such as 2030-12-31T00:00:00Z"));
        root.registerConverter(UUID.class, reading(UUID::fromString, "an id"));
        root.registerConverter(Path.class, reading(Path::of, "the name of a file"));
    }

    private static <T> CommandLine.ITypeConverter<T> reading(Function<String, T> read, String what) {
        return text -> {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new TypeConversionException("'" + text + "' is not " + what + ".");
            }
        };
    }

    /** The arguments are not right: what is wrong, and how to see what is right. */
    private int misused(ParameterException e) {
        terminal.tell(said(e));
        terminal.tell("What it takes: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static String said(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String first = unmatched.getUnmatched().getFirst();
            return command.getSubcommands().isEmpty()
                    ? name + " takes no '" + first + "'."
                    : "There is no command '" + name + " " + first + "'." + meant(unmatched);
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            return e.getMessage() + "." + meant(unmatched);
        }
        if (e.getArgSpec() == null) {
            boolean isGroup = !command.getSubcommands().isEmpty();
            return isGroup ? name + " is followed by a command." : String.valueOf(e.getMessage());
        }
        boolean isForeign = e.getCause() != null && !(e.getCause() instanceof TypeConversionException);
        String what = e.getArgSpec() instanceof OptionSpec option
                ? option.longestName()
                : e.getArgSpec().paramLabel();
        return isForeign ? what + " can't be '" + e.getValue() + "'." : String.valueOf(e.getMessage());
    }

    private static String meant(UnmatchedArgumentException e) {
        return e.getSuggestions().isEmpty() ? "" : " Did you mean " + String.join(" or ", e.getSuggestions()) + "?";
    }

    /** The exit code. */
    private int failed(Throwable e) {
        return switch (e) {
            case Failure failure -> {
                terminal.tell(failure.getMessage());
                yield failure.exitCode();
            }
            case NoSuchFileException missing -> told("There is no file " + missing.getFile() + ".", ExitCode.USAGE);
            case FileAlreadyExistsException there ->
                told("The file " + there.getFile() + " is there already.", ExitCode.USAGE);
            case AccessDeniedException denied ->
                told("You may not read or write " + denied.getFile() + ".", ExitCode.FAILED);
            case NotDirectoryException file -> told(file.getFile() + " is not a folder.", ExitCode.USAGE);
            case FileSystemException file ->
                // Many of the JDK's messages are a file's name and nothing else.
                told(
                        "The file " + file.getFile() + " can't be used"
                                + (file.getReason() == null ? "." : ": " + file.getReason() + "."),
                        ExitCode.FAILED);
            case UncheckedIOException wrapping when wrapping.getCause() != null -> failed(wrapping.getCause());
            case IOException broken
            when broken.getMessage() != null ->
                told("Reading or writing has failed: " + broken.getMessage(), ExitCode.FAILED);
            case IllegalStateException known
            when known.getMessage() != null -> told(known.getMessage(), ExitCode.FAILED);
            default -> {
                terminal.tell("This is a fault of the program. Who mends it needs what follows.");
                terminal.tell(trace(e));
                yield ExitCode.FAILED;
            }
        };
    }

    private int told(String sentence, int exitCode) {
        terminal.tell(sentence);
        return exitCode;
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
