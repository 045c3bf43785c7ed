package org.oathbound.token.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.oathbound.token.entity.Token.Metadata;

@DisplayName("A token serves the devices and the people that it is paired with")
class TokenTest {

    private static final Pairing ONE = new Pairing(UUID.randomUUID(), UUID.randomUUID(), TokenSamples.NOW);
    private static final Pairing OTHER = new Pairing(UUID.randomUUID(), UUID.randomUUID(), TokenSamples.NOW);

    private static Metadata pairedWith(Pairing... pairings) {
        Metadata old = TokenSamples.hotp(0).metadata();
        return new Metadata(
                old.id(),
                old.serialNumber(),
                old.use(),
                old.algorithm(),
                old.digits(),
                old.label(),
                Validity.ALWAYS,
                null,
                old.batch(),
                List.of(pairings),
                old.createdAt(),
                old.updatedAt());
    }

    @Test
    void allOfThem() {
        Metadata shared = pairedWith(ONE, OTHER);

        assertThat(shared.serves(ONE.device())).isTrue();
        assertThat(shared.serves(OTHER.device())).isTrue();
        assertThat(shared.isPairedWith(ONE.person())).isTrue();
        assertThat(shared.isPairedWith(OTHER.person())).isTrue();
    }

    @Test
    void andNoOther() {
        assertThat(pairedWith(ONE).serves(OTHER.device())).isFalse();
        assertThat(pairedWith(ONE).isPairedWith(OTHER.person())).isFalse();
        assertThat(pairedWith(ONE).serves(ONE.person())).isFalse();
        assertThat(pairedWith(ONE).isPairedWith(ONE.device())).isFalse();
        assertThat(pairedWith().serves(ONE.device())).isFalse();
    }
}
