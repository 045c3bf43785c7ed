package org.oathbound.operations;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Collectors;
import org.oathbound.device.entity.PairedDevice;
import org.oathbound.otp.Passcode;
import org.oathbound.otp.SharedSecret;
import org.oathbound.token.entity.MovingFactor.TimeStep;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.TokenId;

/** What {@code demo.txt} says: commands for a shell, and behind {@code #} what they are for. It holds secrets. */
final class DemoText {

    private static final String AUTHORIZED = "curl -s -H \"Authorization: Bearer $TOKEN\" ";

    private final StringJoiner lines = new StringJoiner("\n", "", "\n");
    private final String api;
    private final String flows;
    private final UUID environment;

    /**
     * @param http where HTTP is reached
     * @param bootstrap what the first administrator needs
     */
    DemoText(String http, UUID environment, Path bootstrap) {
        this.environment = environment;
        this.api = http + "/v1/environments/" + environment;
        this.flows = http + "/" + environment + "/deviceAuthentications";
        lines.add("# The people of the demo, and how to get their codes. This file is yours alone: it holds secrets.");
        lines.add("# What is not behind a # is a command for a shell. The first two are for all the others.");
        lines.add("");
        lines.add(". '" + bootstrap + "'");
        lines.add(
                "TOKEN=$(curl -s -u \"$OATHBOUND_CLIENT_ID:$OATHBOUND_CLIENT_SECRET\" -d grant_type=client_credentials "
                        + http + "/" + environment
                        + "/as/token | sed -n 's/.*\"access_token\": \"\\(.*\\)\".*/\\1/p')");
        lines.add("");
    }

    void fob(String name, PairedDevice paired, NewToken token) {
        about(name, fob(token) + ": the next code, and signing on with it.");
        code(next(token));
        signOn(paired);
    }

    void waitingFob(String name, PairedDevice paired, NewToken token) {
        about(name, fob(token) + ", which waits to be activated: by its next code.");
        code(next(token));
        lines.add(AUTHORIZED + "-H 'Content-Type: application/vnd.pingidentity.device.activate+json' -d '{\"otp\": \"'"
                + "$CODE'\"}' " + api + "/users/" + paired.device().person() + "/devices/"
                + paired.device().id() + "; echo");
        lines.add("# From then on the code behind it signs on.");
        code(next(token));
        signOn(paired);
    }

    void app(String name, PairedDevice paired, SharedSecret secret) {
        about(name, "an authenticator app: the code of this moment, and signing on with it.");
        code(now("SHA1", 6, 30, secret));
        signOn(paired);
    }

    void temporary(String name, PairedDevice paired, List<Passcode> codes, Instant validUntil) {
        about(name, "temporary codes, each good once, in any order, until " + validUntil + ":");
        lines.add("# " + codes.stream().map(Passcode::text).collect(Collectors.joining(" ")));
        lines.add("CODE=" + codes.getFirst().text());
        signOn(paired);
    }

    void inStock(NewToken token) {
        lines.add("# In stock, paired with nobody: " + fob(token) + ". Its next code:");
        lines.add(next(token));
        lines.add("");
    }

    private void about(String name, String device) {
        lines.add("# " + name + ", " + device);
    }

    private static String fob(NewToken token) {
        String kind = token.movingFactor() instanceof TimeStep ? "TOTP" : "HOTP";
        return "a fob (" + kind + ", serial number " + token.serialNumber().value() + ")";
    }

    private void code(String command) {
        lines.add("CODE=$(" + command + "); echo $CODE");
    }

    private void signOn(PairedDevice paired) {
        lines.add(AUTHORIZED + "-H 'Content-Type: application/json' -d '{\"user\": {\"id\": \""
                + paired.device().person() + "\"}, \"selectedDevice\": {\"id\": \""
                + paired.device().id()
                + "\", \"otp\": \"'$CODE'\"}}' " + flows + "; echo");
        lines.add("");
    }

    private String next(NewToken token) {
        if (token.movingFactor() instanceof TimeStep step) {
            return now(
                    token.algorithm().macName().substring("Hmac".length()),
                    token.digits(),
                    step.seconds(),
                    token.secret());
        }
        // The counter moves with use, so the server is asked where it stands.
        return "oathtool --hotp --digits=" + token.digits() + " --counter=$(" + AUTHORIZED + api + "/oathTokens/"
                + TokenId.of(environment, token.serialNumber())
                + " | sed -n 's/.*\"counter\": \\([0-9]*\\).*/\\1/p') " + hex(token.secret());
    }

    private static String now(String hash, int digits, int seconds, SharedSecret secret) {
        return "oathtool --totp=" + hash + " --digits=" + digits + " --time-step-size=" + seconds + "s " + hex(secret);
    }

    private static String hex(SharedSecret secret) {
        return HexFormat.of().formatHex(secret.bytes());
    }

    /** The whole text. */
    @Override
    public String toString() {
        return lines.toString();
    }
}
