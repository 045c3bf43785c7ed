package org.oathbound.commandline.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oathbound.commandline.CommandRun;
import org.oathbound.commandline.FakeOathbound;

@Tag("slow")
class PeopleImportCommandTest {

    @TempDir
    Path folder;

    private final FakeOathbound service = new FakeOathbound();

    @BeforeEach
    void hasPeople() {
        people(person("jane", true), person("joe", true), person("ann", false));
        service.onGet("/users/ann/roles", "{\"roles\": []}");
        service.onGet("/users/jane/roles", "{\"roles\": []}");
        service.onGet("/users/joe/roles", "{\"roles\": []}");
        service.onGet("/users?filter=username+eq+%22new%22", "{}");
        service.on("PUT", "/users/joe/enabled", 200, "{}");
        service.on("PUT", "/users/ann/enabled", 200, "{}");
        service.on("PATCH", "/users/jane", 200, "{}");
        service.on("POST", "/users", 201, "{\"id\": \"id-new\"}");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private void people(String... people) {
        service.onGet("/users?limit=200", "{\"_embedded\": {\"users\": [" + String.join(",", people) + "]}}");
    }

    private static String person(String name, boolean enabled) {
        return "{\"id\": \"" + name + "\", \"username\": \"" + name + "\", \"email\": \"" + name
                + "@example.com\", \"enabled\": " + enabled + "}";
    }

    private CommandRun run(String text, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("people.csv"), text);
        List<String> arguments = new ArrayList<>(List.of("people", "import", file.toString()));
        arguments.addAll(List.of(options));
        return CommandRun.of(service.variables(), "", arguments.toArray(String[]::new));
    }

    private List<String> changes() {
        return service.asked().stream()
                .filter(asked -> !asked.method().equals("GET"))
                .map(asked -> asked.method() + asked.path().replaceFirst(".*/users", " ") + " " + asked.body())
                .toList();
    }

    @Test
    void createsChangesAndBlocks() throws IOException {
        CommandRun run = run("email,username\nj@example.com,Jane\n,new\n", "--missing", "block");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("1 new, 1 changed, 0 back again, 0 the same, 1 not there any more");
        assertThat(changes())
                .anyMatch(change -> change.startsWith("PATCH /jane") && change.contains("j@example.com"))
                .anyMatch(change -> change.startsWith("POST "))
                .contains("PUT /joe/enabled {\"enabled\":false}");
        assertThat(folder.resolve("people.csv.blocked")).content().isEqualToIgnoringNewLines("joe");
    }

    @Test
    void reportsTheMissingUnlessItIsToBlockThem() throws IOException {
        CommandRun run = run("username\njane\n");
        assertThat(run.out()).contains("1 not there any more");
        assertThat(changes()).isEmpty();
    }

    @Test
    void previewChangesNothing() throws IOException {
        assertThat(run("username\nnew\n", "--missing", "block", "--preview").exitCode())
                .isZero();
        assertThat(changes()).isEmpty();
        assertThat(folder.resolve("people.csv.blocked")).doesNotExist();
    }

    @Test
    void enablesOnlyWhomItHasBlocked() throws IOException {
        String all = "username\njane\njoe\nann\n";
        assertThat(run(all).out()).contains("3 the same");
        assertThat(changes()).isEmpty();
        Files.writeString(folder.resolve("people.csv.blocked"), "ann\n");
        assertThat(run(all).out()).contains("1 back again, 2 the same");
        assertThat(changes()).containsExactly("PUT /ann/enabled {\"enabled\":true}");
        assertThat(folder.resolve("people.csv.blocked")).isEmptyFile();
    }

    @Test
    void leavesHoldersOfRolesAlone() throws IOException {
        try (FakeOathbound other = new FakeOathbound()) {
            other.onGet(
                    "/users?limit=200",
                    "{\"_embedded\": {\"users\": [" + person("jane", true) + "," + person("joe", true) + "]}}");
            other.onGet("/users/joe/roles", "{\"roles\": [\"HELP_DESK\"]}");
            Path file = Files.writeString(folder.resolve("one.csv"), "username\njane\n");
            CommandRun run =
                    CommandRun.of(other.variables(), "", "people", "import", file.toString(), "--missing", "block");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains("holds a role").contains("1 left alone");
            assertThat(other.asked()).allMatch(asked -> asked.method().equals("GET"));
        }
    }

    @Test
    void refusesToBlockTooMany() throws IOException {
        String[] many =
                IntStream.range(0, 20).mapToObj(n -> person("p" + n, true)).toArray(String[]::new);
        try (FakeOathbound other = new FakeOathbound()) {
            other.onGet("/users?limit=200", "{\"_embedded\": {\"users\": [" + String.join(",", many) + "]}}");
            IntStream.range(0, 20).forEach(n -> other.onGet("/users/p" + n + "/roles", "{\"roles\": []}"));
            String rows = IntStream.range(0, 16).mapToObj(n -> "p" + n).collect(Collectors.joining("\n"));
            Path file = Files.writeString(folder.resolve("few.csv"), "username\n" + rows + "\n");
            CommandRun run =
                    CommandRun.of(other.variables(), "", "people", "import", file.toString(), "--missing", "block");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("4 of 20 people would be blocked").contains("--block-at-most");
            assertThat(other.asked()).allMatch(asked -> asked.method().equals("GET"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            username\\njane\\nJANE\\n              | Line 3 has the user name JANE of line 2
            username,email\\njane\\n               | Record 2 has 1 fields, but first record had 2
            username,email\\n,a@b\\n               | Line 2 has no user name
            username,phone\\njane,1\\n             | must name the columns
            username\\n                            | names nobody
            """)
    void namesWhatIsWrongWithTheFileAndAsksNothing(String text, String message) throws IOException {
        CommandRun run = run(text.replace("\\n", "\n"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(service.asked()).isEmpty();
    }
}
