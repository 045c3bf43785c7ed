package org.oathbound.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Networks take turns: a /24 of IPv4, a /48 of IPv6 and each /64 in it")
class TurnsTest {

    private final Turns<String> turns = new Turns<>();

    private void add(String address) {
        turns.add(ClientNetwork.of(address).orElseThrow(), address);
    }

    private List<String> all() {
        List<String> all = new ArrayList<>();
        for (Optional<String> next = turns.next(); next.isPresent(); next = turns.next()) {
            all.add(next.get());
        }
        return all;
    }

    @Test
    void whoComesAloneWaitsForOneTurnOfEachOther() {
        add("192.0.2.1");
        add("192.0.2.2");
        add("192.0.2.3");
        add("198.51.100.1");
        add("198.51.100.2");
        add("203.0.113.9");
        assertThat(turns.size()).isEqualTo(6);
        assertThat(all())
                .containsExactly("192.0.2.1", "198.51.100.1", "203.0.113.9", "192.0.2.2", "198.51.100.2", "192.0.2.3");
        assertThat(turns.size()).isZero();
    }

    @Test
    void aSiteOfIpv6HasOneTurnHoweverManyNetworksItChooses() {
        for (int i = 1; i <= 3; i++) {
            add("2001:db8:1:" + i + "::1");
        }
        add("2001:db8:1:1::2");
        add("2001:db8:2:1::1");
        assertThat(all())
                .containsExactly(
                        "2001:db8:1:1::1", "2001:db8:2:1::1", "2001:db8:1:2::1", "2001:db8:1:3::1", "2001:db8:1:1::2");
    }

    @Test
    void theLastOfTheLargestGivesWay() {
        add("192.0.2.1");
        add("192.0.2.2");
        add("192.0.2.3");
        add("198.51.100.1");
        assertThat(turns.lastOfLargest(3)).isEmpty();
        assertThat(turns.lastOfLargest(1)).contains("192.0.2.3");
        assertThat(turns.lastOfLargest(1)).contains("192.0.2.2");
        assertThat(turns.lastOfLargest(1)).isEmpty();
        assertThat(all()).containsExactly("192.0.2.1", "198.51.100.1");
    }

    @Test
    void whoHasLeftHasNoTurn() {
        add("192.0.2.1");
        add("198.51.100.1");
        turns.remove(ClientNetwork.of("192.0.2.1").orElseThrow(), "192.0.2.1");
        turns.remove(ClientNetwork.of("192.0.2.1").orElseThrow(), "192.0.2.1");
        assertThat(turns.size()).isEqualTo(1);
        assertThat(all()).containsExactly("198.51.100.1");
    }
}
