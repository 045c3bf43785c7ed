package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Machine;

@DisplayName("Clients that generators make of /openapi compile, and do the main job")
class GeneratedClientsIT extends Deployed {

    private static final Path PROGRAMS = Path.of("src", "test", "clients");
    private static final Path GENERATOR = ServerProcess.JAR.resolveSibling("openapi-generator-cli.jar");

    @TempDir
    static Path folder;

    @BeforeEach
    void fetchTheDocument() throws IOException {
        Files.writeString(document(), oathbound.page("/openapi?format=JSON").body());
    }

    @Test
    void javaByOpenapiGenerator() throws IOException {
        Path client = folder.resolve("java");
        generate("java", client, "--library", "native", "--additional-properties", "useJakartaEe=true");
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-classpath", classPath));
        arguments.addAll(List.of("-d", classes.toString(), PROGRAMS + "/MainJob.java"));
        try (Stream<Path> files = Files.walk(client.resolve("src/main/java"))) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        ToolProvider compiler = ToolProvider.findFirst("javac").orElseThrow();
        assertThat(compiler.run(System.out, System.err, arguments.toArray(String[]::new)))
                .isZero();

        assertDoesTheMainJob(CommandProcess.java(), "-classpath", classes + ":" + classPath, "MainJob");
    }

    @Nested
    class TypeScript {

        @BeforeAll
        static void install() throws IOException {
            Machine.mustHave(
                    Machine.runs("node", "-e", "fetch") && Machine.runs("npm", "--version"),
                    "Node.js 18 or newer, with npm (apt-get install nodejs npm)");
            try (Stream<Path> files = Files.list(PROGRAMS)) {
                for (Path file : files.toList()) {
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
            Machine.mustHave(
                    Machine.runs("npm", "ci", "--prefix", folder.toString(), "--ignore-scripts", "--no-audit"),
                    "the packages of src/test/clients/package.json from npm");
        }

        @Test
        void byOpenapiGenerator() {
            generate("typescript-fetch", folder.resolve("typescript-fetch"));
            assertCompilesAndDoesTheMainJob("typescript-fetch");
        }

        @Test
        void byOpenapiTypescript() {
            node(
                    "node_modules/openapi-typescript/bin/cli.js",
                    document().toString(),
                    "--output",
                    folder.resolve("openapi.d.ts").toString(),
                    "--default-non-nullable",
                    "false");
            assertCompilesAndDoesTheMainJob("openapi-typescript");
        }

        private void assertCompilesAndDoesTheMainJob(String program) {
            node(
                    "node_modules/typescript/bin/tsc",
                    "--strict",
                    "--target",
                    "es2022",
                    "--lib",
                    "es2022,dom",
                    "--module",
                    "node16",
                    "--outDir",
                    folder.resolve("out").toString(),
                    folder.resolve(program + ".ts").toString());
            assertDoesTheMainJob(
                    "node", folder.resolve("out/" + program + ".js").toString());
        }

        private void node(String script, String... arguments) {
            CommandProcess.run(List.of("node", folder.resolve(script).toString()), Map.of(), "", arguments)
                    .endsWith(0);
        }
    }

    private void assertDoesTheMainJob(String... program) {
        String hotp = Seeds.serialNumber("CLIENTHOTP");
        String totp = Seeds.serialNumber("CLIENTTOTP");
        Map<String, String> environment = Map.of(
                "OATHBOUND_URL", oathbound.root().toString(),
                "OATHBOUND_ENVIRONMENT_ID", oathbound.environment(),
                "OATHBOUND_CLIENT_ID", oathbound.clientId(),
                "OATHBOUND_CLIENT_SECRET", oathbound.clientSecret(),
                "HOTP_SERIAL_NUMBER", hotp,
                "HOTP_SECRET", Seeds.secret(hotp),
                "HOTP_CODE", Seeds.code(hotp, 7),
                "TOTP_SERIAL_NUMBER", totp,
                "TOTP_SECRET", Seeds.secret(totp),
                "TOTP_CODE", Seeds.code(totp, Instant.now().getEpochSecond() / 30));

        CommandProcess ended = CommandProcess.run(List.of(program), environment, "");

        assertThat(ended.endsWith(0).out()).isEqualTo("""
                        Help Desk
                        HOTP, counter 7
                        TOTP, time step 30
                        INVALID_DATA, UNIQUENESS_VIOLATION, serialNumber
                        CREATE_OATH_TOKENS, preview true
                        %s, ACTIVATION_REQUIRED
                        ACTIVE
                        COMPLETED
                        BLOCKED
                        NOT_FOUND
                        """.formatted(hotp));
    }

    private static void generate(String generator, Path client, String... options) {
        List<String> command = new ArrayList<>(List.of(CommandProcess.java(), "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-jar", GENERATOR.toString(), "generate", "-g", generator));
        command.addAll(List.of("-i", document().toString(), "-o", client.toString()));
        command.addAll(List.of("--global-property", "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false"));
        CommandProcess.run(command, Map.of(), "", options).endsWith(0);
    }

    private static Path document() {
        return folder.resolve("openapi.json");
    }
}
