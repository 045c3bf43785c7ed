package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What an application needs to call the service, as the service has told it this once.
 *
 * @param environment the id of the application's environment
 * @param client the application's id
 * @param secret empty where it has none
 * @param answer the service's
 */
record NewCredentials(String environment, String client, String secret, JsonNode answer) {

    /**
     * Writes them as lines that {@code --credentials} takes, or prints the service's JSON.
     *
     * @param make asks the service; not where the file that they are to be written to is there already
     */
    static void write(ServiceOptions service, OutputOption output, Supplier<NewCredentials> make) throws IOException {
        Path file = output.file();
        output.write(out -> {
            NewCredentials made = make.get();
            if (service.json() && file == null) {
                service.terminal().print(made.answer);
            } else {
                out.write(made.lines(service.client().url()).getBytes(StandardCharsets.UTF_8));
            }
        });
        if (file != null) {
            service.printFile(file, "The credentials are in " + file + ". The service can't show the secret again.");
        } else {
            service.terminal().tell("The service can't show the secret again.");
        }
    }

    private String lines(String url) {
        return "OATHBOUND_URL=" + url + "\nOATHBOUND_ENVIRONMENT_ID=" + environment + "\nOATHBOUND_CLIENT_ID=" + client
                + "\n" + (secret.isEmpty() ? "" : "OATHBOUND_CLIENT_SECRET=" + secret + "\n");
    }

    @Override
    public String toString() {
        return "NewCredentials[" + client + "]";
    }
}
