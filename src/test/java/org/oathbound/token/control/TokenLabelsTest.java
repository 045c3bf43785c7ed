package org.oathbound.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.directory.Directories;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Faults;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.LabelChange;
import org.oathbound.token.entity.NewToken.Label;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

@DisplayName("A change of a label changes what it names, and nothing else")
class TokenLabelsTest {

    private static final Instant EXPIRY = Instant.parse("2031-01-01T00:00:00Z");

    @TempDir
    Path data;

    private Environment environment;
    private Tokens tokens;
    private TokenLabels labels;
    private TokenId id;

    @BeforeEach
    void start() {
        WholeEmbeddedDirectory directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        tokens = TokensFixture.tokens(directory, new Seals(KeySets.in(data)));
        labels = new TokenLabels(directory);
        id = TokensFixture.create(tokens, environment, "1").metadata().id();
    }

    private static JobRow row() {
        return new JobRow(UUID.randomUUID(), 0);
    }

    private static LabelChange change(Map<String, String> texts) {
        Faults faults = new Faults();
        LabelChange change = LabelChange.read(texts, faults);
        assertThat(faults.all()).isEmpty();
        return change;
    }

    private Label label() {
        return tokens.find(environment, id).orElseThrow().metadata().label();
    }

    @Test
    void saysWhatIsNamed() {
        Label before = label();
        assertThat(labels.change(
                        environment,
                        id,
                        change(Map.of("location", " Berlin ", "note", "Spare", "expiresAt", EXPIRY.toString())),
                        row()))
                .isTrue();
        assertThat(label())
                .isEqualTo(new Label(
                        before.rowNumber(), before.manufacturer(), before.model(), EXPIRY, "Berlin", "Spare"));
    }

    @Test
    void removesWhatIsEmptyAndLeavesTheOthers() {
        labels.change(environment, id, change(Map.of("location", "Berlin", "note", "Spare")), row());
        labels.change(environment, id, change(Map.of("note", "", "expiresAt", "")), row());
        assertThat(label().location()).isEqualTo("Berlin");
        assertThat(label().note()).isNull();
    }

    @Test
    void aRowThatIsRunAgainChangesNothingWhateverWasSaidSince() {
        JobRow row = row();
        labels.change(environment, id, change(Map.of("location", "Berlin")), row);
        labels.change(environment, id, change(Map.of("location", "Rome")), row());
        assertThat(labels.change(environment, id, change(Map.of("location", "Berlin")), row))
                .isTrue();
        assertThat(label().location()).isEqualTo("Rome");
    }

    @Test
    void thereMustBeSuchAToken() {
        LabelChange change = change(Map.of("location", "Berlin"));
        TokenId other = TokenId.of(environment.id(), new SerialNumber("2"));
        assertThat(labels.change(environment, other, change, row())).isFalse();
        tokens.revoke(environment, id);
        assertThat(labels.change(environment, id, change, row())).isFalse();
    }

    @Test
    void namesEveryFault() {
        Faults faults = new Faults();
        LabelChange.read(Map.of("location", "x".repeat(101), "note", "a\nb", "expiresAt", "2031"), faults);
        assertThat(faults.all()).extracting(Detail::target).containsExactlyInAnyOrder("location", "note", "expiresAt");
    }
}
