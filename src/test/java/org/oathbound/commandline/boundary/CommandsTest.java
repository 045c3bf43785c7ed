package org.oathbound.commandline.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.commandline.CommandRun;
import org.oathbound.commandline.control.Screen;
import org.oathbound.commandline.control.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class CommandsTest {

    /** All that a command can be told in an argument, by the label of its value. */
    private static final Set<String> HARMLESS = Set.of(
            "FILE",
            "URL",
            "ID",
            "USERNAME",
            "SERIAL",
            "TEXT",
            "TIME",
            "PERIOD",
            "NUMBER",
            "ADDRESS",
            "NAME",
            "FORMAT",
            "ENCODING",
            "TYPE",
            "DIGITS",
            "SECONDS",
            "HASH",
            "BITS",
            "PROTECTION",
            "REPORT",
            "SHELL",
            "ROLE",
            "URI",
            "DOCUMENT",
            "SETTING",
            "WHAT",
            "PERCENT",
            "PURPOSE");

    private static List<CommandSpec> all() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, Screen.NONE);
        List<CommandSpec> all = new ArrayList<>();
        collect(CommandRun.root(new CommandContext(terminal, Map.of(), Clock.systemUTC())), all);
        return all;
    }

    private static void collect(CommandLine command, List<CommandSpec> all) {
        all.add(command.getCommandSpec());
        command.getSubcommands().values().forEach(child -> collect(child, all));
    }

    private static Stream<CommandSpec> doing() {
        return all().stream().filter(spec -> spec.subcommands().isEmpty());
    }

    @Test
    void noArgumentTakesASecretOrACode() {
        assertThat(all().size()).isGreaterThan(20);
        for (CommandSpec spec : all()) {
            assertThat(spec.args()).filteredOn(arg -> arg.arity().max() > 0).allSatisfy(arg -> assertThat(HARMLESS)
                    .contains(arg.paramLabel()));
            assertThat(spec.options())
                    .filteredOn(option -> option.longestName().matches("--.*(key|password|credentials).*"))
                    .allSatisfy(option -> assertThat(option.arity().max() == 0 || option.type() == Path.class)
                            .as(option.longestName())
                            .isTrue());
        }
    }

    @Test
    void everyCommandHasJson() {
        assertThat(doing().filter(spec -> !Set.of("completion").contains(spec.name())))
                .allSatisfy(spec -> assertThat(spec.findOption("--json"))
                        .as(spec.qualifiedName())
                        .isNotNull());
    }

    @Test
    void everythingIsDescribed() {
        assertThat(all().stream().skip(1))
                .allSatisfy(spec -> assertThat(spec.usageMessage().description())
                        .as(spec.qualifiedName())
                        .isNotEmpty())
                .allSatisfy(spec -> assertThat(spec.args())
                        .allSatisfy(arg -> assertThat(arg.description()).isNotEmpty()));
    }

    @ParameterizedTest
    @CsvSource({
        "tok, tokens token",
        "settings '', show set reset",
        "tempo, temporary-codes",
        "report '', tokens not-activated ending",
        "tokens --ser, --serial --serial-begins-with"
    })
    void bashCompletes(String typed, String completions, @TempDir Path folder)
            throws IOException, InterruptedException {
        CommandRun script = CommandRun.of(Map.of(), "", "completion", "bash");
        Path file = Files.writeString(folder.resolve("completion"), script.out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        ". \"$1\"; COMP_WORDS=(oathbound " + typed + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1));"
                                + " _complete_oathbound; echo \"${COMPREPLY[@]}\"",
                        "bash",
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // compopt is for a shell that completes
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        assertThat(said.strip()).isEqualTo(completions);
    }

    @Test
    void forZshWhatItLacksIsThereFirst() {
        CommandRun script = CommandRun.of(Map.of(), "", "completion", "zsh");
        assertThat(script.out())
                .startsWith("function compopt")
                .contains("bashcompinit")
                .endsWith(CommandRun.of(Map.of(), "", "completion", "bash").out());
    }

    @Test
    void aCommandThatIsNamedIsMadeAlone() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, Screen.NONE);
        CommandContext context = new CommandContext(terminal, Map.of(), Clock.systemUTC());
        assertThat(CommandRun.root(context, "token", "show", "x").getSubcommands())
                .containsOnlyKeys("token");
        assertThat(CommandRun.root(context, "--help").getSubcommands()).hasSizeGreaterThan(20);
        assertThat(CommandRun.root(context, "completion", "bash").getSubcommands())
                .hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            tokens --nonsense            | Unknown option: '--nonsense'                | oathbound tokens
            tokens --al                  | Did you mean --all?                         | oathbound tokens
            tokens --type=X              | expected one of [HOTP, TOTP]                | oathbound tokens
            tokens --expires-before=soon | 'soon' is not a time such as 2030           | oathbound tokens
            report ending --within=90    | '90' is not a time such as P90D             | oathbound report
            temporary-codes a --codes=x  | 'x' is not a whole number                   | oathbound temporary-codes
            temporary-codes a --valid-for=x | 'x' is not a time such as P3D            | oathbound temporary-codes
            token shw                    | There is no command 'oathbound token shw'.  | oathbound token
            nothing                      | There is no command 'oathbound nothing'.    | oathbound
            token                        | oathbound token is followed by a command.   | oathbound token
            token show                   | Missing required parameter: 'SERIAL'        | oathbound token show
            token show a b               | oathbound token show takes no 'b'.          | oathbound token show
            """)
    void whatIsWrongIsSaidInTwoLines(String arguments, String said, String command) {
        CommandRun run = CommandRun.of(Map.of(), "", arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains(said)
                .endsWith("\nWhat it takes: " + command + " --help\n")
                .doesNotContainPattern("Exception|java\\.|Usage:|Instant|Duration|Period");
        assertThat(run.err().lines()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "folder", "folder/missing"})
    void whatAFileIsNotIsSaidInASentence(String name, @TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("folder"));
        Path file = folder.resolve(name);
        CommandRun run = CommandRun.of(Map.of(), "", "tokens", "--credentials", file.toString());
        assertThat(run.err()).contains(file.toString()).doesNotContainPattern("Exception|java\\.");
    }

    @Test
    void withoutCredentialsItSaysHowToGiveThem() {
        CommandRun run = CommandRun.of(Map.of("OATHBOUND_URL", "http://localhost:1"), "", "tokens");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("OATHBOUND_ENVIRONMENT_ID", "--credentials", "--data-dir")
                .contains(Path.of("data", "bootstrap.env").toAbsolutePath().toString());
    }
}
