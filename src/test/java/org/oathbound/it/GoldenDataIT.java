package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Data directories that earlier programs wrote, one of each format: this program goes on with each of them. Each holds what
 * {@code format-1/README.md} says.
 */
class GoldenDataIT {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final String USED_CODE = "10167235";
    private static final String NEXT_CODE = "81071906";
    private static final String REVOKED = "2308734700444";

    @TempDir
    Path temporary;

    static List<String> formats() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith("format-"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void goesOnWhereTheEarlierProgramStopped(String format) throws IOException {
        Path data = temporary.resolve(format);
        copy(GOLDEN.resolve(format).resolve("data"), data);
        try (ServerProcess server = ServerProcess.start(data, Map.of())) {
            assertIsAsItWasLeft(server.oathbound());
            server.stop();
        }
    }

    private static void assertIsAsItWasLeft(Oathbound oathbound) {
        String jane = user(oathbound, "jane");
        String device = oathbound.get("/users/" + jane + "/devices").text("/_embedded/devices/0/id");
        assertThat(user(oathbound, "john")).as("who stands in the journal only").isNotEmpty();
        assertIsRefused(oathbound.signOn(jane, device, USED_CODE));
        Answer next = oathbound.signOn(jane, device, NEXT_CODE);
        assertThat(next.text("/status")).as(next.body()).isEqualTo("COMPLETED");
        assertIsRefused(oathbound.signOn(jane, device, NEXT_CODE));
        assertThat(Seeds.eightTokens().get("tokens")).allSatisfy(row -> {
            String serialNumber = row.get("serialNumber").asText();
            assertThat(oathbound.has(serialNumber)).as(serialNumber).isEqualTo(!serialNumber.equals(REVOKED));
        });
    }

    private static void assertIsRefused(Answer flow) {
        assertThat(flow.status()).as(flow.body()).isEqualTo(400);
        assertThat(flow.text("/details/0/code")).as(flow.body()).isEqualTo("INVALID_OTP");
    }

    private static String user(Oathbound oathbound, String name) {
        return oathbound
                .get("/users?filter=" + Oathbound.encoded("username eq \"" + name + "\""))
                .text("/_embedded/users/0/id");
    }

    /** With the permissions that a data directory has, which a version control system does not keep. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> below = Files.walk(from)) {
            for (Path path : below.toList()) {
                Path copied = to.resolve(from.relativize(path).toString());
                Files.copy(path, copied);
                Files.setPosixFilePermissions(
                        copied, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
            }
        }
    }
}
