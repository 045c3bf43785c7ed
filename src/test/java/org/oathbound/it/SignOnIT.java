package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.otp.HashAlgorithm;
import org.oathbound.otp.Hotp;
import org.oathbound.otp.SharedSecret;

/** Signing on with the codes of the published secret, as PingOne's clients do it. */
class SignOnIT extends Deployed {

    private static final String CHECK = "application/vnd.pingidentity.otp.check+json";
    private static final String SELECT = "application/vnd.pingidentity.device.select+json";
    private static final String BLOCK = "application/vnd.pingidentity.device.block+json";

    private static final String SECRET = "6EBD59F71A634C48C4619CD33F6C385C9237C9BA";
    private static final long COUNTER = 456_789;
    private static final String RIGHT = "57107121";
    private static final String NEXT = "10023641";
    private static final String FAR = "70714254";
    private static final String BEHIND_FAR = "68079661";
    private static final String BEHIND_THOSE = new Hotp(SharedSecret.ofHex(SECRET), HashAlgorithm.SHA_1, 8)
            .generate(COUNTER + 42)
            .text();
    private static final String WRONG = "00000000";

    private static final int ROUNDS = 20;

    private static final JsonMapper JSON = new JsonMapper();

    /** Jane's id, and that of her first device. */
    private String jane;

    private String device;

    @BeforeEach
    void createsJaneWithAFob() {
        oathbound = oathbound.asNewEnvironment("Published");
        ObjectNode user = JSON.createObjectNode().put("username", Seeds.serialNumber("jane"));
        jane = created(oathbound.post("/users", Oathbound.JSON, user));
        device = fob(SECRET);
    }

    private static String created(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("/id");
    }

    private String devices() {
        return "/users/" + jane + "/devices";
    }

    private String fob(String secret) {
        String serialNumber = Seeds.serialNumber("SIGN");
        created(oathbound.create(Seeds.hotp(serialNumber, secret, COUNTER).put("otpLength", 8)));
        ObjectNode fob = JSON.createObjectNode().put("type", "OATH_TOKEN").put("serialNumber", serialNumber);
        return created(oathbound.post(devices(), Oathbound.JSON, fob));
    }

    private String path(String flow) {
        return "/" + oathbound.environment() + "/deviceAuthentications" + flow;
    }

    private Answer post(String flow, String mediaType, ObjectNode body) {
        return oathbound.send(oathbound
                .authorized(path(flow))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private Answer begin() {
        return post("", Oathbound.JSON, wanted());
    }

    /** Begins a flow with a code at once. */
    private Answer begin(String device, String otp) {
        ObjectNode body = wanted();
        body.putObject("selectedDevice").put("id", device).put("otp", otp);
        return post("", Oathbound.JSON, body);
    }

    private ObjectNode wanted() {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("user").put("id", jane);
        return body;
    }

    /** Begins a flow; its path below the others. */
    private String begun() {
        return "/" + created(begin());
    }

    private Answer check(String flow, String otp) {
        return post(flow, CHECK, JSON.createObjectNode().put("otp", otp));
    }

    private Answer select(String flow, String device) {
        ObjectNode body = JSON.createObjectNode().put("compatibility", "FULL");
        body.putObject("device").put("id", device);
        return post(flow, SELECT, body);
    }

    private Answer read(String flow) {
        return oathbound.send(oathbound.authorized(path(flow)));
    }

    private static void assertStatus(String status, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        assertThat(answer.text("/status")).isEqualTo(status);
    }

    private static void assertRefused(Answer answer, String code, String detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/code")).isEqualTo(code);
        assertThat(answer.text("/details/0/code")).as(answer.body()).isEqualTo(detail);
    }

    @Test
    void aCodeCompletesAFlowOnce() {
        Answer begun = begin();
        assertThat(begun.status()).as(begun.body()).isEqualTo(201);
        assertThat(begun.json().fieldNames())
                .toIterable()
                .containsExactly(
                        "_links",
                        "_embedded",
                        "id",
                        "status",
                        "user",
                        "application",
                        "policy",
                        "selectedDevice",
                        "otpLength",
                        "bypassAllowed",
                        "userBypassEnabled",
                        "createdAt",
                        "updatedAt");
        assertThat(begun.text("/status")).isEqualTo("OTP_REQUIRED");
        assertThat(begun.json().get("_links").fieldNames())
                .toIterable()
                .containsExactly("self", "otp.check", "device.select");
        assertThat(begun.text("/_links/otp.check/href")).isEqualTo(begun.text("/_links/self/href"));
        assertThat(begun.header("Location")).isEqualTo(begun.text("/_links/self/href"));
        assertThat(begun.text("/application/id")).isEqualTo(oathbound.clientId());
        assertThat(begun.text("/selectedDevice/id")).isEqualTo(device);
        assertThat(begun.text("/otpLength")).isEqualTo("8");
        assertThat(begun.json().at("/_embedded/devices").size()).isEqualTo(1);
        assertThat(begun.text("/_embedded/devices/0/usableStatus/status")).isEqualTo("ENABLED");
        assertThat(oathbound.follow(begun.header("Location")).json()).isEqualTo(begun.json());

        String flow = "/" + begun.text("/id");
        Answer completed = check(flow, RIGHT);
        assertStatus("COMPLETED", completed);
        assertThat(completed.json().get("_links").fieldNames()).toIterable().containsExactly("self");
        assertThat(completed.json().has("_embedded")).isFalse();
        assertThat(read(flow).json()).isEqualTo(completed.json());
        assertRefused(check(flow, NEXT), "REQUEST_FAILED", "CONSTRAINT_VIOLATION");
        assertRefused(check(begun(), RIGHT), "INVALID_DATA", "INVALID_OTP");
        assertThat(log()).doesNotContain(RIGHT, NEXT);
        assertNothingSecretWasLogged();
    }

    @Test
    void aTokenThatHasDriftedIsAskedForTheNextCode() {
        String flow = begun();
        Answer extra = check(flow, FAR);
        assertStatus("EXTRA_OTP_REQUIRED", extra);
        assertThat(extra.json().get("_links").has("otp.check")).isTrue();
        assertStatus("COMPLETED", check(flow, BEHIND_FAR));
        assertRefused(check(begun(), NEXT), "INVALID_DATA", "INVALID_OTP");
    }

    @Test
    void theCodeMayComeAtOnce() {
        Answer wrong = begin(device, WRONG);
        assertRefused(wrong, "INVALID_DATA", "INVALID_OTP");
        assertThat(wrong.text("/details/0/target")).isEqualTo("selectedDevice.otp");
        assertThat(wrong.text("/details/0/innerError/attemptsRemaining")).isEqualTo("2");

        Answer far = begin(device, FAR);
        assertThat(far.status()).as(far.body()).isEqualTo(201);
        assertThat(far.text("/status")).isEqualTo("EXTRA_OTP_REQUIRED");
        assertStatus("COMPLETED", check("/" + far.text("/id"), BEHIND_FAR));
        assertStatus("COMPLETED", begin(device, BEHIND_THOSE));
    }

    @Test
    void wrongCodesLockTheTokenAndEndTheFlow() {
        String before = begun();
        String flow = begun();
        for (String remaining : new String[] {"2", "1", "0"}) {
            Answer wrong = check(flow, WRONG);
            assertRefused(wrong, "INVALID_DATA", "INVALID_OTP");
            assertThat(wrong.text("/details/0/target")).isEqualTo("otp");
            assertThat(wrong.text("/details/0/message")).isEqualTo("Wrong OTP was provided");
            assertThat(wrong.text("/details/0/innerError/attemptsRemaining")).isEqualTo(remaining);
        }

        Answer failed = read(flow);
        assertStatus("FAILED", failed);
        assertThat(failed.text("/error/code")).isEqualTo("TOO_MANY_OTP_RETRIES");
        for (String each : new String[] {flow, before}) {
            Answer locked = check(each, RIGHT);
            assertRefused(locked, "REQUEST_FAILED", "PASSWORD_LOCKED_OUT");
            assertThat(locked.json().at("/details/0/innerError/retryAfter").asInt())
                    .isBetween(60, 120);
        }
        assertRefused(begin(device, RIGHT), "REQUEST_FAILED", "PASSWORD_LOCKED_OUT");
        Answer none = begin();
        assertStatus("FAILED", none);
        assertThat(none.text("/error/code")).isEqualTo("NO_USABLE_DEVICES");
        assertThat(none.text("/error/message")).isEqualTo("Couldn't find authenticating device for user: " + jane);
        assertThat(none.text("/error/unavailableDevices/0/id")).isEqualTo(device);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " 57107121", "57107121 ", "5710 7121", "\u00a057107121", "５７１０７１２１", "+5710712", "5710712"})
    void whatIsNoCodeMovesNothing(String otp) {
        String flow = begun();
        Answer malformed = check(flow, otp);
        assertRefused(malformed, "INVALID_DATA", "INVALID_VALUE");
        assertThat(malformed.text("/details/0/target")).isEqualTo("otp");
        assertThat(check(flow, WRONG).text("/details/0/innerError/attemptsRemaining"))
                .isEqualTo("2");
        assertStatus("COMPLETED", check(flow, RIGHT));
    }

    @Test
    void anotherDeviceCanBeSelected() {
        String secret = Seeds.secret(Seeds.serialNumber("SECOND"));
        String second = fob(secret);
        String code = OwnDevices.code(secret, 8, COUNTER);
        String flow = begun();
        assertRefused(select(flow, UUID.randomUUID().toString()), "INVALID_DATA", "INVALID_VALUE");
        Answer selected = select(flow, second);
        assertStatus("OTP_REQUIRED", selected);
        assertThat(selected.text("/selectedDevice/id")).isEqualTo(second);
        assertStatus("COMPLETED", check(flow, code));
        assertRefused(begin(second, code), "INVALID_DATA", "INVALID_OTP");
        assertStatus("COMPLETED", begin(device, RIGHT));
    }

    @Test
    void aDeviceThatIsBlockedOrDeletedLetsNobodyIn() {
        String second = fob(Seeds.secret(Seeds.serialNumber("SECOND")));
        String flow = begun();
        oathbound.post(devices() + "/" + device, BLOCK, JSON.createObjectNode());
        assertRefused(check(flow, RIGHT), "REQUEST_FAILED", "CONSTRAINT_VIOLATION");
        Answer selecting = read(flow);
        assertStatus("DEVICE_SELECTION_REQUIRED", selecting);
        assertThat(selecting.json().get("_links").has("otp.check")).isFalse();
        assertThat(selecting.text("/_embedded/devices/0/id")).isEqualTo(second);
        assertThat(selecting.text("/_embedded/blockedDevices/0/id")).isEqualTo(device);

        assertStatus("OTP_REQUIRED", select(flow, second));
        oathbound.delete(devices() + "/" + second);
        assertRefused(check(flow, RIGHT), "REQUEST_FAILED", "CONSTRAINT_VIOLATION");
        assertThat(read(flow).text("/error/code")).isEqualTo("NO_USABLE_DEVICES");
    }

    @Test
    void ofSeveralRightCodesOneCompletesAFlow() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(3);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                String secret = Seeds.secret(Seeds.serialNumber("ROUND"));
                String right = OwnDevices.code(secret, 8, COUNTER);
                device = fob(secret);
                Answer begun = begin();
                String flow = "/" + begun.text("/id");
                select(flow, device);
                CyclicBarrier start = new CyclicBarrier(3);
                List<Future<Answer>> answers = new ArrayList<>();
                for (String otp : new String[] {right, right, OwnDevices.code(secret, 8, COUNTER + 1)}) {
                    answers.add(clients.submit(() -> {
                        start.await();
                        return check(flow, otp);
                    }));
                }
                int completed = 0;
                for (Future<Answer> answer : answers) {
                    completed += answer.get().status() == 200 ? 1 : 0;
                }
                assertThat(completed).isEqualTo(1);
                assertStatus("COMPLETED", read(flow));
                assertRefused(begin(device, RIGHT), "INVALID_DATA", "INVALID_OTP");
                oathbound.delete(devices() + "/" + device);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatIsNotOfferedRefused() {
        assertThat(read("/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(check("/" + UUID.randomUUID(), RIGHT).status()).isEqualTo(404);
        assertThat(read("/no-id").status()).isEqualTo(404);
        ObjectNode cancel = JSON.createObjectNode().put("reason", "CHANGE_DEVICE");
        assertThat(post(begun(), "application/vnd.pingidentity.cancel.push.authentication+json", cancel)
                        .status())
                .isEqualTo(415);
        assertThat(oathbound
                        .send(oathbound.authorized(
                                "/" + UUID.randomUUID() + "/deviceAuthentications/" + UUID.randomUUID()))
                        .status())
                .isEqualTo(403);
        assertThat(oathbound
                        .send(oathbound.request(path("")).POST(BodyPublishers.ofString("{}")))
                        .status())
                .isEqualTo(401);
    }
}
