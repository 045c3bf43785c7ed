package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.oathbound.commandline.boundary.FileSecret.Found;
import org.oathbound.commandline.control.Failure;
import org.oathbound.commandline.control.ServiceClient;
import org.oathbound.commandline.entity.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "export", description = "Writes all tokens with their secrets to a file (PSKC), encrypted.")
final class ExportCommand extends ServiceCommand {

    @Option(
            names = "--output",
            paramLabel = "FILE",
            required = true,
            description = "A file that is not there yet; only you can read it.")
    private Path output = Path.of("");

    @Mixin
    private FileSecret secret = new FileSecret();

    ExportCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() throws IOException {
        ServiceClient client = client();
        Download download = new Download(client, terminal(), output);
        Found closes = secret.find(
                terminal()::askSecretlyTwice, variable("OATHBOUND_FILE_KEY"), variable("OATHBOUND_FILE_PASSWORD"));
        if (closes == null) {
            throw Failure.usage("Name the file's key or its password: --password-file, --key-file, --ask-password or"
                    + " --ask-key.");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put(closes.name(), closes.value());
        download.write(client.request("/export", "*/*")
                .header("Content-Type", ServiceClient.JSON)
                .POST(BodyPublishers.ofString(body.toString())));
        terminal()
                .print(
                        fileAsJson(output),
                        json(),
                        "All tokens are in " + output + ". Whoever has it and its " + closes.name()
                                + " has every secret: keep the two apart.");
        return ExitCode.DONE;
    }
}
