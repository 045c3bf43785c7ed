package org.oathbound.commandline.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.oathbound.commandline.control.FindByName;
import org.oathbound.commandline.control.Terminal;
import org.oathbound.commandline.entity.QrText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Authenticator apps. */
final class AppCommands {

    private AppCommands() {}

    @Command(
            name = "pair-app",
            description =
                    "Pairs an authenticator app with a person: prints the QR code that the app scans, and the same as"
                            + " a URI, this once. Both have the secret.")
    static void pairApp(
            @Mixin PersonArgument named,
            @Option(names = "--nickname", paramLabel = "NAME", description = "What the person calls it.") @Nullable
                    String nickname,
            @Option(
                            names = "--replaces",
                            paramLabel = "SERIAL",
                            description =
                                    "What the person has lost: blocked at once, and gone when the app is activated.")
                    @Nullable
                    String replaces) {
        Map<String, Object> app = new HashMap<>(Map.of("type", "TOTP"));
        if (nickname != null) {
            app.put("nickname", nickname);
        }
        JsonNode device = DeviceCommands.add(named, replaces, app);
        Terminal terminal = named.terminal();
        if (named.json()) {
            terminal.print(device);
            return;
        }
        String uri = device.path("keyUri").asText();
        terminal.draw(QrText.of(uri));
        terminal.print(uri);
        terminal.tell(
                "When the app shows a code: oathbound activate " + named.username() + " " + FindByName.id(device));
    }
}
