package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

/** A person of one test, and what is done with the person's devices. */
final class OwnDevices {

    static final String ACTIVATE = "application/vnd.pingidentity.device.activate+json";
    static final String BLOCK = "application/vnd.pingidentity.device.block+json";
    static final String UNBLOCK = "application/vnd.pingidentity.device.unblock+json";
    private static final String TEST = "application/vnd.oathbound.device.test+json";
    static final String UNLOCK = "application/vnd.pingidentity.device.unlock+json";

    private static final JsonMapper JSON = new JsonMapper();

    private final Oathbound oathbound;
    private final String user;

    private OwnDevices(Oathbound oathbound, String user) {
        this.oathbound = oathbound;
        this.user = user;
    }

    static OwnDevices ofNewUser(Oathbound oathbound, String username) {
        Answer created =
                oathbound.post("/users", Oathbound.JSON, JSON.createObjectNode().put("username", username));
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return of(oathbound, created.text("/id"));
    }

    static OwnDevices of(Oathbound oathbound, String user) {
        return new OwnDevices(oathbound, user);
    }

    /** The code of a token with that secret. */
    static String code(String secret, int digits, long counter) {
        return new Hotp(SharedSecret.ofHex(secret), HashAlgorithm.SHA_1, digits)
                .generate(counter)
                .text();
    }

    String user() {
        return user;
    }

    String path() {
        return "/users/" + user + "/devices";
    }

    static ObjectNode fob(String serialNumber, String status) {
        return JSON.createObjectNode()
                .put("type", "OATH_TOKEN")
                .put("serialNumber", serialNumber)
                .put("status", status);
    }

    Answer pair(JsonNode device) {
        return oathbound.post(path(), Oathbound.JSON, device);
    }

    /** Pairs a fob; its id. */
    String paired(String serialNumber, String status) {
        Answer paired = pair(fob(serialNumber, status));
        assertThat(paired.status()).as(paired.body()).isEqualTo(201);
        return paired.text("/id");
    }

    Answer read(String device) {
        return oathbound.get(path() + "/" + device);
    }

    Answer list() {
        return oathbound.get(path());
    }

    Answer activate(String device, String otp, boolean resync) {
        return oathbound.post(
                path() + "/" + device,
                ACTIVATE,
                JSON.createObjectNode().put("otp", otp).put("oathResync", resync));
    }

    Answer test(String device, String otp) {
        return oathbound.post(
                path() + "/" + device, TEST, JSON.createObjectNode().put("otp", otp));
    }

    /** A call without a body; its media type says what it does. */
    Answer act(String device, String mediaType) {
        return oathbound.post(path() + "/" + device, mediaType, JSON.createObjectNode());
    }

    Answer delete(String device) {
        return oathbound.delete(path() + "/" + device);
    }

    /** Signs on with the code at once. */
    Answer signOn(String device, String otp) {
        return oathbound.signOn(user, device, otp);
    }
}
