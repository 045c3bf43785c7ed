package org.oathbound.it;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.oathbound.it.Right.From;

/**
 * Who may call what, written down once more: each operation, by each role, of this environment and of another, and by
 * nobody. No request has a body that can be read, so that a permitted one changes nothing, but for the few that need none: keys
 * are rotated, and settings set back.
 */
class AccessMatrixIT extends Deployed {

    /** By the ids of the OpenAPI document; where the media type decides, with its end. */
    private static final List<Right> RIGHTS = Right.all("""
            listOathTokens                    EA IA IR HD TM AD
            createOathToken                   EA TM
            readOathToken                     EA IA IR HD TM AD
            resynchroniseOathToken            IA HD TM
            revokeOathToken                   EA TM
            listOathJobs                      EA IA IR TM AD
            readOathJob                       EA IA IR TM AD
            deleteOathJob                     EA TM
            readOathJobReport                 EA IA IR TM AD
            readJob                           EA IA IR TM AD
            createOathJob                     EA TM
            createOathJob tokens.pair+json    IA TM
            createOathJob tokens.unpair+json  IA TM
            createOathJob tokens.block+json   IA TM
            createOathJob tokens.unblock+json IA TM
            listUsers                         IA IR HD TM AD
            createUser                        IA
            readUser                          IA IR HD TM AD
            replaceUser                       IA
            changeUser                        IA
            deleteUser                        IA
            readUserEnabled                   IA IR HD TM AD
            setUserEnabled                    IA
            readUserPopulation                IA IR HD TM AD
            setUserPopulation                 IA
            readUserMfaEnabled                IA IR HD TM AD
            setUserMfaEnabled                 IA
            readUserCodeRequired              IA IR HD TM AD
            setUserCodeRequired               IA
            readUserBypassMfa                 IA IR HD TM AD
            setUserBypassMfa                  IA
            unlockUser                        IA HD
            setUserPassword                   IA
            readUserRoles                     EA CR AD
            replaceUserRoles                  EA
            resynchroniseOathTokenOfUser      IA HD TM
            listUserDevices                   IA IR HD TM AD
            createDevice                      IA HD TM
            removeDeviceOrder                 IA HD TM
            readDevice                        IA IR HD TM AD
            actOnDevice                       IA HD TM
            putDeviceActivation               IA HD TM
            deleteDevice                      IA HD TM
            nameDevice                        IA HD TM
            listDevices                       IA IR HD TM AD
            reportOathTokens                  IA IR HD TM AD
            reportNotActivated                IA IR HD TM AD
            reportEndingOathTokens            IA IR HD TM AD
            readAudit                         EA AD
            readBackup                        EA BK DEFAULT_AT_HOME
            readKeys                          EA DEFAULT_AT_HOME
            rotateSealingKey                  EA DEFAULT_AT_HOME
            readSealingKeyRotation            EA DEFAULT_AT_HOME
            rotateSigningKey                  EA DEFAULT_AT_HOME
            readSigningKeyRotation            EA DEFAULT_AT_HOME
            exportOathTokens                  EA
            listEnvironments                  EA AD DEFAULT
            createEnvironment                 EA DEFAULT
            readEnvironment                   EA CR AD OWN_OR_DEFAULT
            replaceEnvironment                EA OWN_OR_DEFAULT
            deleteEnvironment                 EA DEFAULT
            listPopulations                   IA IR HD TM AD
            readPopulation                    IA IR HD TM AD
            readOathSettings                  EA CR AD
            replaceOathSettings               EA
            resetOathSettings                 EA
            readMfaSettings                   EA CR AD
            replaceMfaSettings                EA
            resetMfaSettings                  EA
            listDeviceAuthenticationPolicies  EA CR AD
            createDeviceAuthenticationPolicy  EA
            readDeviceAuthenticationPolicy    EA CR AD
            replaceDeviceAuthenticationPolicy EA
            deleteDeviceAuthenticationPolicy  EA
            listApplications                  EA CR AD
            createApplication                 EA
            readApplication                   EA CR AD
            replaceApplication                EA
            deleteApplication                 EA
            rotateApplicationSecret           EA
            createDeviceAuthentication        IA AU
            readDeviceAuthentication          IA AU
            continueDeviceAuthentication      IA AU
            readDirectory                     KNOWN
            readOwnEntry                      KNOWN
            readEntry                         KNOWN
            searchEntries                     KNOWN
            searchEntriesByBody               KNOWN
            generateTotpSharedSecret          EVERYBODY
            revokeTotpSharedSecret            EVERYBODY
            changePassword                    EVERYBODY
            authenticate                      EVERYBODY
            issueAccessToken                  EVERYBODY
            showSignInPage                    EVERYBODY
            signIn                            EVERYBODY
            discover                          EVERYBODY
            readJwks                          EVERYBODY
            open                              EVERYBODY
            started                           EVERYBODY
            live                              EVERYBODY
            ready                             EVERYBODY
            """);

    private static final Map<String, String> ROLES = Map.of(
            "EA", "Environment Admin",
            "IA", "Identity Data Admin",
            "IR", "Identity Data Read Only",
            "CR", "Configuration Read Only",
            "AU", "Authenticator",
            "HD", "Help Desk",
            "TM", "Token Manager",
            "AD", "Auditor",
            "BK", "Backup");

    private static final String NOT_JSON = "{";
    private static final OpenAPI DOCUMENT = Objects.requireNonNull(new OpenAPIV3Parser()
            .read(Objects.requireNonNull(AccessMatrixIT.class.getResource("/openapi.yaml"))
                    .toString()));

    /** A request that the document knows. */
    private record Call(
            String operation,
            String method,
            String path,
            @Nullable String mediaType,
            Right right) {

        String path(String environment) {
            return path.replace("{envID}", environment)
                    .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        }

        @Override
        public String toString() {
            return operation + (mediaType == null ? "" : " " + mediaType);
        }
    }

    private static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        DOCUMENT.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            for (String type : mediaTypes(operation)) {
                String mediaType = type.isEmpty() ? null : type;
                Right right = Right.of(RIGHTS, operation.getOperationId(), type);
                calls.add(new Call(operation.getOperationId(), method.name(), path, mediaType, right));
            }
        }));
        return calls;
    }

    private static Set<String> mediaTypes(Operation operation) {
        return operation.getRequestBody() == null
                ? Set.of("")
                : operation.getRequestBody().getContent().keySet();
    }

    private Answer send(Call call, String environment, @Nullable String authorization) {
        HttpRequest.Builder request = oathbound.request(call.path(environment));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (call.mediaType() == null) {
            return oathbound.send(request.method(call.method(), BodyPublishers.noBody()));
        }
        String boundary = call.mediaType().startsWith("multipart/") ? "; boundary=x" : "";
        return oathbound.send(request.header("Content-Type", call.mediaType() + boundary)
                .method(call.method(), BodyPublishers.ofString(NOT_JSON)));
    }

    @Test
    void everyOperationIsInTheTableAndNoOther() {
        Set<Right> used = calls().stream().map(Call::right).collect(toSet());
        assertThat(used).containsExactlyInAnyOrderElementsOf(RIGHTS);
    }

    @Test
    void eachOperationIsForItsRolesAndForNobodyElse() {
        Oathbound other = oathbound.asNewEnvironment("Matrix");
        // So that a permitted call can't delete it.
        OwnDevices.ofNewUser(other, "somebody");
        Map<String, List<Oathbound>> holders = new HashMap<>();
        ROLES.forEach((role, title) -> holders.put(role, List.of(oathbound.asWorker(title), other.asWorker(title))));

        Map<String, String> unexpected = new LinkedHashMap<>();
        for (Call call : calls()) {
            holders.forEach((role, callers) -> callers.forEach(caller -> {
                boolean isOfDefault = caller.environment().equals(oathbound.environment());
                for (String environment : List.of(oathbound.environment(), other.environment())) {
                    boolean isHome = caller.environment().equals(environment);
                    Answer answer = send(call, environment, "Bearer " + caller.accessToken());
                    if (!call.right().fits(answer, role, isHome, isOfDefault)) {
                        String who = role + (isOfDefault ? " of the default" : " of another");
                        unexpected.put(
                                call + " by " + who + (isHome ? " at home" : " abroad"),
                                answer.status() + " " + answer.body());
                    }
                }
            }));
        }
        assertThat(unexpected).isEmpty();
        assertThat(other.get("").status()).as("the other environment stands").isEqualTo(200);
    }

    @Test
    void withoutAnAccessTokenThatHoldsNothingIsServed() throws Exception {
        Oathbound disabled = oathbound.asWorker("Environment Admin", "Identity Data Admin", "Authenticator");
        assertThat(oathbound
                        .put(
                                "/applications/" + disabled.clientId(),
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("name", "disabled")
                                        .put("enabled", false))
                        .status())
                .isEqualTo(200);
        Map<String, String> authorizations = new LinkedHashMap<>();
        authorizations.put("of a disabled application", "Bearer " + disabled.accessToken());
        authorizations.put("whose hour is over", "Bearer " + endingIn(Duration.ofSeconds(-1)));
        assertThat(status(oathbound.path("/oathTokens"), endingIn(Duration.ofMinutes(1))))
                .as("the same one before that")
                .isEqualTo(200);
        Forgeries.of(oathbound).forEach((name, token) -> authorizations.put(name, "Bearer " + token));
        Map<String, String> unexpected = new LinkedHashMap<>();
        for (Call call : calls()) {
            if (call.right().from() != From.EVERYBODY) {
                authorizations.forEach((name, authorization) -> {
                    Answer answer = send(call, oathbound.environment(), authorization);
                    if (answer.status() != 401 || !answer.text("/code").equals("ACCESS_FAILED")) {
                        unexpected.put(call + " " + name, answer.status() + " " + answer.body());
                    }
                });
                Answer answer = send(call, oathbound.environment(), null);
                if (answer.status() != 401) {
                    unexpected.put(call + " without any", answer.status() + " " + answer.body());
                }
            }
        }
        assertThat(unexpected).isEmpty();
    }

    private String endingIn(Duration time) throws Exception {
        return Forgeries.endingAt(Instant.now().plus(time), oathbound, data().resolve("keyset.json"));
    }

    private int status(String path, String accessToken) {
        return oathbound
                .send(oathbound.request(path).header("Authorization", "Bearer " + accessToken))
                .status();
    }

    /** 300 MB are announced, and not one byte comes. */
    @Test
    void whoIsRefusedIsRefusedBeforeTheBodyIsRead() throws IOException {
        Set<String> answers = new TreeSet<>();
        Oathbound helpDesk = oathbound.asWorker("Help Desk");
        for (Call call : calls()) {
            if (call.mediaType() != null && call.right().from() != From.EVERYBODY) {
                answers.add("nobody " + statusBeforeTheBody(call, null));
                if (call.right().from() != From.KNOWN && !call.right().roles().contains("HD")) {
                    answers.add("help desk " + statusBeforeTheBody(call, helpDesk.accessToken()));
                }
            }
        }
        assertThat(answers).containsExactly("help desk 403", "nobody 401");
    }

    private String statusBeforeTheBody(Call call, @Nullable String token) throws IOException {
        try (Socket socket =
                new Socket(oathbound.root().getHost(), oathbound.root().getPort())) {
            socket.setSoTimeout(30_000);
            String head = call.method() + " " + call.path(oathbound.environment()) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                    + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
                    + "Content-Type: " + call.mediaType() + "\r\nContent-Length: 300000000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            String line =
                    new String(socket.getInputStream().readNBytes("HTTP/1.1 401".length()), StandardCharsets.US_ASCII);
            return Arrays.stream(line.split(" ")).skip(1).findFirst().orElse("nothing");
        }
    }
}
