package org.oathbound.commandline.control;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of the device behind standard input and standard error. */
public final class Screen {

    /** A pipe or a file. */
    public static final Screen NONE = new Screen(() -> "", () -> false);

    private static final Pattern SIZE = Pattern.compile("[0-9]+ ([0-9]+)");
    private static final int USUAL_COLUMNS = 80;

    private final Supplier<String> source;
    private final BooleanSupplier outputIsTerminal;
    private @Nullable String known;

    /** @param source tells {@code in} and {@code err} of those that are terminals, the size, and whether it is {@code dumb} */
    Screen(Supplier<String> source) {
        this(source, () -> false);
    }

    private Screen(Supplier<String> source, BooleanSupplier outputIsTerminal) {
        this.source = source;
        this.outputIsTerminal = outputIsTerminal;
    }

    /**
     * The process's own. The JDK tells of standard input and output at best, each version in another way; a shell's
     * {@code test} tells of each.
     */
    static Screen ofProcess() {
        Supplier<String> source = () -> run("""
                test -t 0 && echo in
                test -t 2 && echo err && stty size <&2
                test "$TERM" = dumb && echo dumb
                """);
        return new Screen(source, Screen::outputIsTerminal);
    }

    /** How many columns a line of standard error has that can be drawn anew; empty when it is no terminal. */
    OptionalInt columns() {
        if (!has("err") || has("dumb")) {
            return OptionalInt.empty();
        }
        Matcher size = SIZE.matcher(answer());
        int columns = size.find() ? Integer.parseInt(size.group(1)) : 0;
        return OptionalInt.of(columns == 0 ? USUAL_COLUMNS : columns);
    }

    /** Whether the program can ask a question: input and error output are a terminal. */
    boolean asks() {
        return has("in") && has("err");
    }

    /** Whether standard output is shown on a terminal that has colours. */
    boolean showsOutput() {
        return !has("dumb") && outputIsTerminal.getAsBoolean();
    }

    private boolean has(String word) {
        return answer().contains(word);
    }

    /** It is asked for once, and only where it matters: a process takes time. */
    private String answer() {
        String answer = known;
        if (answer == null) {
            answer = source.get();
            known = answer;
        }
        return answer;
    }

    /** By its exit code: what it prints would have to go elsewhere. */
    private static boolean outputIsTerminal() {
        try {
            return new ProcessBuilder("sh", "-c", "test -t 1")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String run(String script) {
        try {
            Process shell = new ProcessBuilder("sh", "-c", script)
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.INHERIT)
                    .start();
            return new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return ""; // No shell, so nothing is known: as a pipe.
        }
    }
}
