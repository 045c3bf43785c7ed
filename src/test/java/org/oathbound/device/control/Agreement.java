package org.oathbound.device.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.oathbound.device.entity.Device;
import org.oathbound.directory.Listing;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.PersonsFixture;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.token.control.Pairings;

/** What the three sides of pairings say, read without the product's own opinion of what a device is. */
final class Agreement {

    private static final Filter ANY = Filter.createPresenceFilter(Schema.OBJECT_CLASS);

    private final List<String> tokens = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    private final List<String> pairs = new ArrayList<>();
    private final List<String> lists = new ArrayList<>();
    private final List<String> people = new ArrayList<>();
    private final List<Enrolment> enrolments = new ArrayList<>();
    private final int enrolled;
    private final int personal;
    private final long idle;

    Agreement(WholeDirectory directory, Pairings pairings, Environment environment) {
        pairings.forEach(environment, new UnreadableEntries(), found -> {
            tokens.add(found.token() + " " + found.pairing().device() + " "
                    + found.pairing().person());
            people.add(found.token() + " " + found.pairing().person());
        });
        all(directory, environment.devices()).entries().forEach(entry -> {
            Device device = DeviceEntry.device(entry);
            devices.add(device.token() + " " + device.id() + " " + device.person());
            pairs.add(device.id() + " " + device.person());
        });
        PersonsFixture.enrolments(directory).forEach(environment, new UnreadableEntries(), enrolment -> {
            enrolments.add(enrolment);
            enrolment.devices().forEach(listed -> lists.add(listed.device() + " " + enrolment.person()));
        });
        enrolled = all(directory, environment.enrolments()).entries().size();
        Listing.Entries made = directory.page(
                environment.tokens(),
                Filter.createPresenceFilter(Schema.TOKEN_USE),
                null,
                Integer.MAX_VALUE,
                Order.ASCENDING);
        personal = made.entries().size();
        idle = made.entries().stream()
                .filter(entry -> !entry.hasAttribute(Schema.PAIRING))
                .count();
    }

    private static Listing.Entries all(WholeDirectory directory, com.unboundid.ldap.sdk.DN base) {
        return directory.page(base, ANY, null, Integer.MAX_VALUE, Order.ASCENDING);
    }

    /** The person's devices that all three sides know. */
    List<UUID> wholeOf(UUID person) {
        return devices.stream()
                .filter(tokens::contains)
                .map(triple -> triple.split(" "))
                .filter(parts -> parts[2].equals(person.toString()))
                .filter(parts -> lists.contains(parts[1] + " " + parts[2]))
                .map(parts -> UUID.fromString(parts[1]))
                .toList();
    }

    /** A token's value, a device's entry and a place in a list: either all three, or none. */
    void isWhole() {
        assertThat(devices).as("entries, and values of tokens").containsExactlyInAnyOrderElementsOf(tokens);
        assertThat(pairs).as("entries, and places in lists").containsExactlyInAnyOrderElementsOf(lists);
        assertThat(enrolled).as("enrolments of people who are there").isEqualTo(enrolments.size());
        assertThat(idle)
                .as("tokens of %d that were made for a device and have none", personal)
                .isZero();
    }

    /** What holds at each moment, whatever is at work or was cut off. */
    void keepsRules(int limit) {
        assertThat(people).as("tokens and their people").doesNotHaveDuplicates();
        assertThat(lists).as("places in lists").doesNotHaveDuplicates();
        assertThat(enrolments)
                .allSatisfy(enrolment -> assertThat(enrolment.counted()).isLessThanOrEqualTo(limit));
    }
}
