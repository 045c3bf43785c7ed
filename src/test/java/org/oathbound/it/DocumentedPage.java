package org.oathbound.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation: its commands, in their order, and what it shows of each. */
record DocumentedPage(Path file, List<Step> steps) {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$(?:\\n```\\n(.*?)^```$)?");

    /**
     * A block of commands.
     *
     * @param shown the lines that the page shows of their output; empty when it shows nothing
     */
    record Step(String commands, List<String> shown) {}

    /** @param heading only what stands below it, up to the next of its kind; empty for the whole page */
    static DocumentedPage read(Path file, String heading) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!heading.isEmpty()) {
            int begin = text.indexOf("\n## " + heading + "\n");
            int end = text.indexOf("\n## ", begin + 1);
            text = text.substring(begin, end < 0 ? text.length() : end + 1);
        }
        List<Step> steps = new ArrayList<>();
        Matcher block = FENCED.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("shell")) {
                String shown = block.group(3);
                steps.add(new Step(
                        block.group(2),
                        shown == null ? List.of() : shown.lines().toList()));
            }
        }
        return new DocumentedPage(file, steps);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
