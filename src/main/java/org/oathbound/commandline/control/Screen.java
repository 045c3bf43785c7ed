package org.oathbound.commandline.control;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of the device behind standard input and standard error. */
public interface Screen {

    /** How many columns a line of standard error has that can be drawn anew; empty when it is no terminal. */
    OptionalInt columns();

    /** Whether somebody can be asked: both are a terminal. */
    boolean asks();

    /** A pipe or a file. */
    Screen NONE = new Screen() {
        @Override
        public OptionalInt columns() {
            return OptionalInt.empty();
        }

        @Override
        public boolean asks() {
            return false;
        }
    };

    /**
     * The process's own. The JDK tells of standard input and output at best, each version in another way; a shell's
     * {@code test} tells of each.
     */
    final class OfProcess implements Screen {

        private static final Pattern SIZE = Pattern.compile("[0-9]+ ([0-9]+)");
        private static final int USUAL_COLUMNS = 80;

        private @Nullable String answer;

        @Override
        public OptionalInt columns() {
            String known = answer();
            if (!known.contains("err") || "dumb".equals(System.getenv("TERM"))) {
                return OptionalInt.empty();
            }
            Matcher size = SIZE.matcher(known);
            int columns = size.find() ? Integer.parseInt(size.group(1)) : 0;
            return OptionalInt.of(columns == 0 ? USUAL_COLUMNS : columns);
        }

        @Override
        public boolean asks() {
            return answer().contains("in") && answer().contains("err");
        }

        private String answer() {
            String known = answer;
            if (known == null) {
                known = run("test -t 0 && echo in; test -t 2 && echo err && stty size <&2");
                answer = known;
            }
            return known;
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
}
