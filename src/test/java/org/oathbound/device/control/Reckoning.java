package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.oathbound.device.control.Arena.Round;
import org.oathbound.device.control.Arena.State;
import org.oathbound.device.control.Deed.Result;
import org.oathbound.device.control.Deed.Told;

/**
 * Holds what two were told against what is there.
 *
 * @param devices what Jane has after it
 */
record Reckoning(Round round, List<Deed> deeds, List<Told> told, List<UUID> devices) {

    void isRight(State state) {
        boolean killed = told.stream().anyMatch(one -> one.result() == Result.KILLED);
        if (deeds.get(0) == deeds.get(1) && !killed) {
            onlyOneDidIt(deeds.get(0), state);
        }
        IntStream.range(0, 2).forEach(i -> {
            UUID about = told.get(i).about();
            if (about != null && deeds.get(i) == Deed.UNPAIR) {
                assertThat(devices).as("unpaired").doesNotContain(about);
            } else if (about != null && !deeds.get(1 - i).takes()) {
                assertThat(devices).as("what nobody took").contains(about);
            }
        });
        if (told.stream().allMatch(one -> one.result() == Result.DONE || one.result() == Result.REFUSED)) {
            assertThat(devices).as("what nobody was told of").allMatch(this::isKnown);
        }
    }

    private boolean isKnown(UUID device) {
        return round.devices().contains(device) || told.stream().anyMatch(one -> device.equals(one.about()));
    }

    private void onlyOneDidIt(Deed deed, State state) {
        long done = told.stream().filter(one -> one.result() == Result.DONE).count();
        switch (deed) {
            case UNPAIR, REVOKE, DELETE_PERSON, ACTIVATE, REPLACE ->
                assertThat(done).as("both did the same").isOne();
            case CREATE -> assertThat(done).as("both created it").isEqualTo(state == State.REVOKED ? 1 : 0);
            case PAIR -> {
                if (state == State.STOCK) {
                    assertThat(told.stream().map(Told::about).filter(Objects::nonNull))
                            .as("place for one")
                            .hasSizeLessThanOrEqualTo(1);
                    assertThat(done).as("place for one, and nobody took it").isPositive();
                }
            }
            case SWEEP -> assertThat(done).isEqualTo(2);
        }
    }
}
