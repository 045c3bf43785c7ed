package org.oathbound.commandline.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.oathbound.commandline.entity.Printable;
import org.oathbound.commandline.entity.Table;

/** Standard input, output and error, and what differs between a terminal and a pipe. */
public final class Terminal {

    /** In ASCII, so that it does not depend on the locale, and nothing in it moves a cursor. */
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build()
            .writerWithDefaultPrettyPrinter();

    private static final String WHITE_ON_BLACK = "\033[97;40m";
    private static final String AS_BEFORE = "\033[0m";

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final Screen screen;

    /** @param screen what is known of the device behind the streams */
    public Terminal(InputStream in, PrintStream out, PrintStream err, Screen screen) {
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.out = out;
        this.err = err;
        this.screen = screen;
    }

    /** The process's own. */
    public static Terminal ofProcess() {
        return new Terminal(System.in, System.out, System.err, Screen.ofProcess());
    }

    /** What was asked for. */
    public void print(String text) {
        out.println(Printable.text(text));
    }

    public void print(Table table) {
        table.lines().forEach(out::println);
    }

    public void print(JsonNode json) {
        try {
            out.println(JSON.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them. */
    public void print(JsonNode json, boolean asJson, String text) {
        if (asJson) {
            print(json);
        } else {
            print(text);
        }
    }

    /** What a person should know besides, and what has failed. */
    public void tell(String text) {
        err.println(Printable.text(text));
    }

    /** Standard output as it is, for files. */
    public PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    Screen screen() {
        return screen;
    }

    /** A line of standard input, if there is one; a person at a terminal is asked for it. */
    public Optional<String> ask(String what) {
        if (screen.asks()) {
            err.print(what + ": ");
            err.flush();
        }
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks for a secret without showing it on the screen; {@link Failure} where there is no terminal to ask at. */
    public String askSecretly(String what) {
        Console console = screen.asks() ? System.console() : null;
        char[] secret = console == null ? null : console.readPassword("%s: ", what);
        if (secret == null) {
            throw Failure.usage(
                    what + ": there is no terminal to ask at. Name a file, or set the environment variable.");
        }
        String text = new String(secret);
        Arrays.fill(secret, ' ');
        return text;
    }

    /** The same for a new secret: it is asked for twice, because a mistyped one would not be seen. */
    public String askSecretlyTwice(String what) {
        String first = askSecretly(what);
        if (!first.equals(askSecretly(what + " again"))) {
            throw Failure.usage(what + ": the two are not the same.");
        }
        return first;
    }

    /** A new secret: a person at a terminal is asked for it twice; else the first line of standard input, as it is. */
    public String readNewSecret(String what) {
        if (screen.asks()) {
            return askSecretlyTwice(what);
        }
        try {
            String line = in.readLine();
            if (line == null || line.isEmpty()) {
                throw Failure.usage(what + ": standard input has none.");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Draws lines of block characters, black and white whatever the terminal's own colours are. In UTF-8, in any locale. */
    public void draw(List<String> lines) {
        boolean coloured = screen.showsOutput();
        StringBuilder all = new StringBuilder();
        lines.forEach(line -> all.append(coloured ? WHITE_ON_BLACK : "")
                .append(line)
                .append(coloured ? AS_BEFORE : "")
                .append('\n'));
        out.writeBytes(all.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Does something; says a text on standard error if the process is interrupted meanwhile. */
    public <T> T tellIfInterrupted(String text, Supplier<T> work) {
        // In one write, on a line of its own, whatever was being drawn.
        String said = (screen.columns().isPresent() ? "\n" : "") + text + "\n";
        Thread hook = new Thread(() -> err.print(said)); // loads nothing any more: the classes' files may be gone
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.get();
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // It is being said.
            }
        }
    }
}
