package org.oathbound.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oathbound.Machine;
import org.oathbound.it.DocumentedPage.Step;

@DisplayName("The commands of README's main job and of the pages by task do what the pages show")
class DocumentedCommandsIT {

    private static final Path HERE = Path.of("").toAbsolutePath();
    private static final String MAIN_JOB = "The main job, in five minutes";
    private static final String MARK = "@@@ end of step";

    @TempDir
    Path folder;

    static Stream<DocumentedPage> pages() throws IOException {
        List<DocumentedPage> pages = new ArrayList<>(List.of(DocumentedPage.read(Path.of("README.md"), MAIN_JOB)));
        try (Stream<Path> tasks = Files.list(Path.of("docs", "tasks"))) {
            tasks.sorted()
                    .map(page -> DocumentedPage.read(page, ""))
                    .map(DocumentedCommandsIT::withAccessToken)
                    .forEach(pages::add);
        }
        return pages.stream();
    }

    /** Each page by task goes on where README has its access token. */
    private static DocumentedPage withAccessToken(DocumentedPage page) {
        List<Step> steps = new ArrayList<>(page.steps());
        steps.add(0, DocumentedPage.read(Path.of("README.md"), MAIN_JOB).steps().getFirst());
        return new DocumentedPage(page.file(), steps);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void asTheyStand(DocumentedPage page) throws Exception {
        Machine.mustHave(Machine.runs("bash", "-c", "command -v curl ldapsearch"), "curl and ldapsearch (ldap-utils)");
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), Map.of())) {
            for (String name : List.of("docs", "bin", "target")) {
                Files.createSymbolicLink(folder.resolve(name), HERE.resolve(name));
            }
            List<String> outputs = run(page, server);
            assertThat(outputs).hasSameSizeAs(page.steps());
            for (int step = 0; step < outputs.size(); step++) {
                assertShows(page.steps().get(step), outputs.get(step));
            }
        }
    }

    private List<String> run(DocumentedPage page, ServerProcess server) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (Step step : page.steps()) {
            script.append(step.commands()).append("\necho '").append(MARK).append("'\n");
        }
        String text = script.toString()
                .replace("localhost:8080", "localhost:" + server.httpPort())
                .replace("127.0.0.1:1389", "127.0.0.1:" + server.ldapPort());
        ProcessBuilder builder = new ProcessBuilder("bash")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Files.writeString(folder.resolve("script"), text).toFile())
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("OATHBOUND_"));
        builder.environment().put("OATHBOUND_URL", "http://localhost:" + server.httpPort());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        assertThat(builder.start().waitFor()).isZero();
        String output = Files.readString(folder.resolve("output"));
        return Stream.of(output.split("(?m)^" + MARK + "\\n")).toList();
    }

    /** Each line that the page shows is there, in this order; a page may leave lines out at the end of what it shows. */
    private static void assertShows(Step step, String output) {
        Iterator<String> lines =
                output.lines().map(DocumentedCommandsIT::withoutIds).iterator();
        for (String shown : step.shown()) {
            String expected = withoutIds(shown);
            boolean found = false;
            while (!found && lines.hasNext()) {
                found = lines.next().equals(expected);
            }
            assertThat(found)
                    .as("%s%n%s%nin:%n%s", step.commands(), shown, output)
                    .isTrue();
        }
    }

    /** Ids, times, ports and what follows from them are another each time. */
    private static String withoutIds(String line) {
        return line.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "(id)")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "(time)")
                .replaceAll("[0-9]{14}\\.[0-9]{3}Z", "(time)")
                .replaceAll("localhost:[0-9]+", "localhost")
                .stripTrailing();
    }
}
