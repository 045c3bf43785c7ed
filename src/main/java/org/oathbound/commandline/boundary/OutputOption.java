package org.oathbound.commandline.boundary;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.NewFile;
import picocli.CommandLine.Option;

/** Where a command writes what it was asked for. */
final class OutputOption extends CommandContext {

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "A file that is not there yet; default: standard output.")
    private @Nullable Path file;

    OutputOption(CommandContext context) {
        super(context);
    }

    /** Null for standard output. */
    @Nullable
    Path file() {
        return file;
    }

    /** Nothing is asked of the service where the file is there already. */
    void write(NewFile.Content content) throws IOException {
        if (file != null) {
            new NewFile(file).write(content);
        } else {
            OutputStream out = terminal().out();
            content.write(out);
            out.flush();
        }
    }
}
