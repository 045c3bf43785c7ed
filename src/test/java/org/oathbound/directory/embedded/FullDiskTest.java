package org.oathbound.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.SmallDisk;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.WholeDirectory;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.problem.Problem;

/** On a small file system of its own; skipped where one can't be mounted. */
@DisplayName("A disk that is full")
@Tag("slow")
class FullDiskTest {

    @TempDir
    Path mountPoint;

    private @Nullable SmallDisk disk;

    @BeforeEach
    void mount() throws Exception {
        disk = new SmallDisk(mountPoint);
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            disk.unmount();
        }
    }

    private WholeEmbeddedDirectory open() {
        return new WholeEmbeddedDirectory(
                "dc=example,dc=com",
                new DataDirectory(mountPoint.resolve("data")),
                JournalSettings.DEFAULT,
                Clock.systemUTC());
    }

    private static boolean add(WholeDirectory directory, String uid) {
        Entry entry = new Entry(new DN(new RDN("uid", uid), new DN(new RDN("ou", "People"), directory.suffix())));
        entry.addAttribute("objectClass", "inetOrgPerson");
        entry.addAttribute("uid", uid);
        entry.addAttribute("cn", uid);
        entry.addAttribute("sn", "x".repeat(500));
        return directory.add(entry);
    }

    private static List<String> people(WholeDirectory directory) {
        DN people = new DN(new RDN("ou", "People"), directory.suffix());
        return directory
                .page(people, Filter.createPresenceFilter("objectClass"), null, 10_000, Order.ASCENDING)
                .entries()
                .stream()
                .map(entry -> entry.getAttributeValue("uid"))
                .toList();
    }

    /** The names of those that were answered, until the disk took no more. */
    private static List<String> fill(WholeDirectory directory, String prefix) {
        List<String> answered = new ArrayList<>();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        String uid = prefix + "%05d".formatted(i);
                        add(directory, uid);
                        answered.add(uid);
                    }
                })
                .isInstanceOf(Problem.Unavailable.class);
        return answered;
    }

    @Test
    void refusesWritesAndGoesOnReadingAndRecoversByItself() throws Exception {
        WholeEmbeddedDirectory directory = open();
        List<String> answered = fill(directory, "a");
        assertThat(answered).isNotEmpty();
        assertThat(people(directory)).isEqualTo(answered);
        assertThat(directory.takesWrites()).isFalse();

        Objects.requireNonNull(disk).drop();
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!directory.takesWrites()) {
            assertThat(Instant.now()).isBefore(deadline);
            Thread.sleep(50);
        }
        assertThat(add(directory, "b")).isTrue();
        directory.close();

        WholeEmbeddedDirectory after = open();
        answered.add("b");
        assertThat(people(after)).isEqualTo(answered);
        after.close();
    }

    @Test
    void takesBackWhatWasDoneTogetherAndNeverAnswered() throws Exception {
        WholeEmbeddedDirectory directory = open();
        add(directory, "first");
        assertThatThrownBy(() -> directory.together(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        add(directory, "t" + i);
                    }
                    return true;
                }))
                .isInstanceOf(Problem.Unavailable.class);
        assertThat(people(directory)).contains("first");
        List<String> shown = people(directory);
        directory.close();
        WholeEmbeddedDirectory after = open();
        assertThat(people(after)).containsAll(shown);
        after.close();
    }

    @Test
    void lettingGoOnInTheMiddleDoesNotKeepTheSecondHalfWithoutTheFirst() throws Exception {
        WholeEmbeddedDirectory directory = open();
        assertThatThrownBy(() -> directory.together(() -> {
                    fill(directory, "first");
                    makeRoom();
                    return add(directory, "second");
                }))
                .isInstanceOf(Problem.Unavailable.class);
        assertThat(people(directory)).doesNotContain("second");
        assertThat(add(directory, "later")).isTrue();
        directory.close();
        WholeEmbeddedDirectory after = open();
        assertThat(people(after)).doesNotContain("second").contains("later");
        after.close();
    }

    /** Room on the disk, and time enough for the next attempt to go on. */
    private void makeRoom() {
        try {
            Objects.requireNonNull(disk).drop();
            Thread.sleep(1_100);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
