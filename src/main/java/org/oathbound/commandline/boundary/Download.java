package org.oathbound.commandline.boundary;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.NewFile;
import org.oathbound.commandline.control.NewFile.Content;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.control.Terminal;

/** An answer of the service, as it stands, to a file or to standard output. */
final class Download {

    private final ServiceClient client;
    private final Terminal terminal;
    private final @Nullable NewFile file;

    /**
     * Refuses before anything is asked of the service.
     *
     * @param output a file that is not there yet; null for standard output
     */
    Download(ServiceClient client, Terminal terminal, @Nullable Path output) throws IOException {
        this.client = client;
        this.terminal = terminal;
        this.file = output == null ? null : new NewFile(output);
    }

    static String jobReport(String id) {
        return "/oathJobs/" + ServiceClient.encoded(id) + "/report";
    }

    /** Comma-separated values, all of them. */
    void table(String tail) throws IOException {
        write(out -> client.downloadTable(tail, out));
    }

    void write(HttpRequest.Builder request) throws IOException {
        write(out -> client.download(request, out));
    }

    private void write(Content content) throws IOException {
        if (file != null) {
            file.write(content);
        } else {
            OutputStream out = terminal.out();
            content.write(out);
            out.flush();
        }
    }
}
