package org.oathbound.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oathbound.Warnings;
import org.oathbound.audit.AuditSearch;
import org.oathbound.audit.Heard;
import org.oathbound.device.control.DevicesFixture;
import org.oathbound.directory.DataDirectory;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.job.control.JobDeletion;
import org.oathbound.person.entity.Person;
import org.oathbound.sealing.KeySets;
import org.oathbound.sealing.Seals;
import org.oathbound.token.control.TokensFixture;

@DisplayName("A start sweeps every environment, whatever can't be read in one of them")
@Tag("slow")
class HousekeepingTest {

    private final WholeEmbeddedDirectory directory = Directories.fresh();
    private final Environments environments = new Environments(directory, directory);
    private final Environment environment = environments.createDefault(UUID.randomUUID(), "");
    private final Tenancy tenancy = new Tenancy(directory, directory, directory, environments, Clock.systemUTC());
    private final Heard heard = new Heard();
    private final Warnings warnings = new Warnings();
    private DevicesFixture parts;
    private Housekeeping housekeeping;

    @BeforeEach
    void start(@TempDir Path keys) {
        Seals seals = new Seals(KeySets.in(keys));
        parts = new DevicesFixture(directory, seals, heard, Clock.systemUTC());
        JobDeletion jobs =
                new JobDeletion(directory, directory, directory, heard, Clock.systemUTC(), Duration.ofDays(30));
        housekeeping = new Housekeeping(
                environments,
                tenancy,
                parts.persons,
                parts.sweep,
                jobs,
                TokensFixture.revokedTokens(directory, seals, Clock.systemUTC()),
                heard,
                new AuditSearch(new DataDirectory(keys)),
                noScheduler());
    }

    @AfterEach
    void stop() {
        warnings.close();
        directory.close();
    }

    /** One whose tasks never run. */
    static ManagedScheduledExecutorService noScheduler() {
        Class<ManagedScheduledExecutorService> type = ManagedScheduledExecutorService.class;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    private DN spoiltEnrolment(Environment where, String username) {
        Person person = parts.person(where, username);
        DN name = new DN(new RDN(Schema.ID, person.id().toString()), where.enrolments());
        ReadOnlyEntry seen = directory.read(name).orElseThrow();
        Entry spoilt = seen.duplicate();
        spoilt.setAttribute(Schema.DEVICES, "rubbish");
        assertThat(directory.modifyIfUnchanged(seen, spoilt)).isTrue();
        return name;
    }

    @Test
    void andSaysHowManyEntriesThatAre() {
        Environment other = tenancy.create("Other");
        DN here = spoiltEnrolment(environment, "jane");
        DN there = spoiltEnrolment(other, "john");
        Person left = parts.person(other, "left");
        directory.delete(left.identity());

        housekeeping.start();

        assertThat(warnings.with(here.toString())).hasSize(1);
        assertThat(warnings.with(there.toString())).hasSize(1);
        assertThat(warnings.with("can't be read: 2.")).hasSize(1);
        assertThat(heard.texts()).containsExactly("user.sweep success");
        assertThat(parts.enrolments.find(other, left.id())).isEmpty();
    }

    @Test
    void andSaysNothingWhereAllCanBeRead() {
        parts.person(environment, "jane");

        housekeeping.start();

        assertThat(warnings.with("can't be read")).isEmpty();
    }
}
