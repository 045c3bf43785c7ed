package org.oathbound.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import com.unboundid.ldap.sdk.ResultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryWritesTest {

    private static final String PEOPLE = "ou=People,dc=example,dc=com";

    @TempDir
    private Path data;

    private WholeEmbeddedDirectory directory;
    private EntryWrites writes;

    @BeforeEach
    void start() {
        directory = Directories.in(data);
        writes = new EntryWrites(directory);
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    /** The data directory, with nothing but the journal in it. */
    private Path copied(Path to) throws IOException {
        Files.createDirectory(to.resolve("journal"));
        try (Stream<Path> segments = Files.list(data.resolve("journal"))) {
            for (Path segment : segments.toList()) {
                Files.copy(segment, to.resolve("journal").resolve(segment.getFileName()));
            }
        }
        return to;
    }

    private static Entry person(String dn, String... others) throws Exception {
        Entry entry = new Entry("dn: " + dn, "objectClass: inetOrgPerson", "cn: Jane", "sn: Doe");
        for (String line : others) {
            entry.addAttribute(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(' ') + 1));
        }
        return entry;
    }

    private DN added(String... others) throws Exception {
        DN name = new DN("uid=jdoe," + PEOPLE);
        writes.add(name, person(name.toString(), others));
        return name;
    }

    private DN addedWithRevision() throws Exception {
        return added("objectClass: oathboundPerson", "oathboundId: x", "oathboundRevision: 7");
    }

    private ReadOnlyEntry read(DN name) {
        return directory.read(name).orElseThrow();
    }

    private static Modification replace(String attribute, String... values) {
        return new Modification(ModificationType.REPLACE, attribute, values);
    }

    private static LDAPException refusal(Write write) {
        return catchThrowableOfType(RefusedChange.class, write::perform).refusal();
    }

    private static ResultCode codeOf(Write write) {
        return refusal(write).getResultCode();
    }

    private interface Write {
        void perform() throws Exception;
    }

    @Nested
    @DisplayName("What LDAP's clients write raises the revision, so that a compare-and-set on what was before loses")
    class Revision {

        @Test
        void ofWhatIsModifiedWhateverIsSaidOfIt() throws Exception {
            DN name = addedWithRevision();
            ReadOnlyEntry before = read(name);
            writes.modify(name, List.of(replace("sn", "Roe")));
            assertThat(read(name).getAttributeValue(Schema.REVISION)).isEqualTo("8");
            assertThat(directory.modifyIfUnchanged(before, before)).isFalse();
            writes.modify(name, List.of(replace("sn", "Poe"), replace(Schema.REVISION, "7")));
            assertThat(read(name).getAttributeValue(Schema.REVISION)).isEqualTo("9");
        }

        @Test
        void ofWhatIsRenamed() throws Exception {
            DN name = addedWithRevision();
            DN respelled = new DN("uid=JDoe," + PEOPLE);
            ReadOnlyEntry before = read(name);
            writes.rename(name, respelled, true);
            assertThat(read(name).getDN()).isEqualTo(respelled.toString());
            assertThat(read(name).getAttributeValue(Schema.REVISION)).isEqualTo("8");
            assertThat(directory.modifyIfUnchanged(before, before)).isFalse();
        }

        /** From the journal: the data directory as a stop at once leaves it. */
        @Test
        void alsoAfterAStart(@TempDir Path folder) throws Exception {
            DN name = addedWithRevision();
            DN renamed = new DN("cn=Jane," + PEOPLE);
            writes.rename(name, renamed, false);
            WholeEmbeddedDirectory started = Directories.in(copied(folder));
            ReadOnlyEntry read = started.read(renamed).orElseThrow();
            assertThat(read.getAttributeValue(Schema.REVISION)).isEqualTo("8");
            assertThat(read.getAttributeValue("uid")).isEqualTo("jdoe");
            started.close();
        }
    }

    @Nested
    @DisplayName("An entry without a revision is changed as if nobody else were there")
    class WithoutRevision {

        @Test
        void byManyAtOnce() throws Exception {
            DN name = added();
            IntStream.range(0, 40).parallel().forEach(i -> {
                writes.modify(name, List.of(new Modification(ModificationType.ADD, "mail", "m" + i + "@example.com")));
                writes.modify(name, List.of(replace("employeeNumber", Integer.toString(i))));
            });
            assertThat(read(name).getAttributeValues("mail")).hasSize(40);
            assertThat(read(name).getAttributeValues("employeeNumber")).hasSize(1);
            assertThat(read(name).hasAttribute(Schema.REVISION)).isFalse();
        }

        @Test
        void alsoInTheSpellingOfItsName() throws Exception {
            DN name = added();
            writes.modify(name, List.of(replace("uid", "JDoe", "jane")));
            assertThat(read(name).getAttributeValues("uid")).containsExactlyInAnyOrder("JDoe", "jane");
        }
    }

    @Nested
    @DisplayName("What can't be done is refused with LDAP's result code, and nothing has changed")
    class Refused {

        @Test
        void modifications() throws Exception {
            DN name = added();
            ReadOnlyEntry before = read(name);
            assertThat(List.of(
                            codeOf(() -> writes.modify(
                                    name, List.of(new Modification(ModificationType.DELETE, "cn", "nobody")))),
                            codeOf(() ->
                                    writes.modify(name, List.of(new Modification(ModificationType.ADD, "cn", "JANE")))),
                            codeOf(() -> writes.modify(name, List.of(replace("uid", "other")))),
                            codeOf(() -> writes.modify(name, List.of(replace("createTimestamp", "20260101000000Z")))),
                            codeOf(() -> writes.modify(name, List.of(replace("sn")))),
                            codeOf(() -> writes.modify(new DN("uid=x," + PEOPLE), List.of(replace("sn", "x"))))))
                    .containsExactly(
                            ResultCode.NO_SUCH_ATTRIBUTE,
                            ResultCode.ATTRIBUTE_OR_VALUE_EXISTS,
                            ResultCode.NOT_ALLOWED_ON_RDN,
                            ResultCode.CONSTRAINT_VIOLATION,
                            ResultCode.OBJECT_CLASS_VIOLATION,
                            ResultCode.NO_SUCH_OBJECT);
            assertThat(read(name)).isEqualTo(before);
        }

        @Test
        void whatTheSchemaDoesNotAllowWithoutQuotingIt() throws Exception {
            DN name = added();
            LDAPException refused = refusal(() -> writes.modify(name, List.of(replace("seeAlso", "my secret"))));
            assertThat(refused.getResultCode()).isEqualTo(ResultCode.OBJECT_CLASS_VIOLATION);
            assertThat(refused.getMessage()).containsIgnoringCase("seeAlso").doesNotContain("my secret");
        }

        @Test
        void otherWrites() throws Exception {
            DN name = added();
            DN below = new DN("cn=phone," + name);
            writes.add(below, new Entry("dn: " + below, "objectClass: device"));
            DN nowhere = new DN("uid=x,ou=Nowhere,dc=example,dc=com");
            assertThat(List.of(
                            codeOf(() -> writes.add(name, person(name.toString()))),
                            codeOf(() -> writes.add(nowhere, person(nowhere.toString()))),
                            codeOf(() -> writes.delete(name)),
                            codeOf(() -> writes.delete(nowhere)),
                            codeOf(() -> writes.rename(nowhere, name, true)),
                            codeOf(() -> writes.rename(name, nowhere, true)),
                            codeOf(() -> writes.rename(below, name, true))))
                    .containsExactly(
                            ResultCode.ENTRY_ALREADY_EXISTS,
                            ResultCode.NO_SUCH_OBJECT,
                            ResultCode.NOT_ALLOWED_ON_NONLEAF,
                            ResultCode.NO_SUCH_OBJECT,
                            ResultCode.NO_SUCH_OBJECT,
                            ResultCode.NO_SUCH_OBJECT,
                            ResultCode.ENTRY_ALREADY_EXISTS);
        }
    }
}
