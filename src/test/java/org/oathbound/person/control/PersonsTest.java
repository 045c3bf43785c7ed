package org.oathbound.person.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.EntryWrites;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Page;
import org.oathbound.directory.Schema;
import org.oathbound.directory.UnreadableEntries;
import org.oathbound.directory.WholeEmbeddedDirectory;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.password.PasswordHash;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.person.entity.NewPerson;
import org.oathbound.person.entity.Person;
import org.oathbound.person.entity.Profile;
import org.oathbound.person.entity.Username;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Problem;

@Tag("slow")
class PersonsTest {

    private WholeEmbeddedDirectory directory;
    private Environment environment;
    private Persons persons;
    private Enrolments enrolments;
    private Ldap ldap;
    private final List<PersonDeleted> deleted = new ArrayList<>();

    @BeforeEach
    void start() {
        directory = Directories.fresh();
        environment = new Environments(directory, directory).createDefault(UUID.randomUUID(), "");
        persons = PersonsFixture.persons(directory, deleted::add);
        enrolments = PersonsFixture.enrolments(directory);
        ldap = new Ldap();
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    private Person created(String username) {
        return PersonsFixture.create(persons, environment, username);
    }

    private static Profile profile(String username, @Nullable String email) {
        return new Profile(new Username(username), email, "Jane", "Doe");
    }

    private Person renamed(Person person, String username) {
        return persons.change(environment, person.id(), before -> profile(username, null));
    }

    private Optional<Person> named(String username) {
        return persons.find(environment, new Username(username));
    }

    private ReadOnlyEntry entry(Person person) {
        return directory.read(person.identity()).orElseThrow();
    }

    private boolean hasEnrolment(Person person) {
        return directory.read(EnrolmentEntry.dn(environment, person.id())).isPresent();
    }

    private List<String> usernames(PersonQuery query) {
        return persons.page(environment, query, null, 100).items().stream()
                .map(person -> person.username().value())
                .toList();
    }

    /** Nobody, and nothing of anybody. */
    private void assertEmpty() {
        assertThat(usernames(new PersonQuery())).isEmpty();
        assertThat(new Identities(directory, directory).all(environment)).isEmpty();
        assertThat(enrolments.all(environment)).isEmpty();
    }

    private void assertTaken(Callable<?> attempt) {
        Problem.InvalidData problem = catchThrowableOfType(Problem.InvalidData.class, attempt::call);
        assertThat(problem.details())
                .extracting(detail -> detail.code().name(), Detail::target)
                .containsExactly(tuple("UNIQUENESS_VIOLATION", "username"));
    }

    /** What an administrator does at the LDAP interface. */
    private final class Ldap {

        private final EntryWrites writes = new EntryWrites(directory);

        void modify(DN dn, String attribute, String... values) {
            writes.modify(dn, List.of(new Modification(ModificationType.REPLACE, attribute, values)));
        }

        void rename(DN dn, String name) {
            try {
                writes.rename(dn, new DN(new RDN(name, Ldif.schema()), dn.getParent()), true);
            } catch (LDAPException e) {
                throw new IllegalArgumentException(e);
            }
        }

        void delete(DN dn) {
            writes.delete(dn);
        }

        void add(String dn, String... attributes) throws LDAPException {
            List<Attribute> all = new ArrayList<>(List.of(new Attribute("objectClass", "inetOrgPerson")));
            Stream.of(attributes).map(name -> new Attribute(name, "x")).forEach(all::add);
            writes.add(new DN(dn), new Entry(dn, all));
        }
    }

    private static <T> List<Future<T>> atOnce(List<Callable<T>> tasks) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            return threads.invokeAll(tasks);
        } finally {
            threads.shutdown();
        }
    }

    /** What a task yields, or the problem that it ended with. */
    private static Object outcome(Future<?> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOfAny(Problem.InvalidData.class, Problem.NotFound.class);
            return Objects.requireNonNull(e.getCause());
        }
    }

    @Nested
    @DisplayName("A person is an identity and an enrolment")
    class TwoEntries {

        @Test
        void withAllThatWasSaid() throws Exception {
            Person person = persons.create(
                    environment,
                    new NewPerson(
                            new Profile(new Username("Jane.Doe"), "jane@example.com", "Jane", "Doe"), null, null));

            assertThat(persons.find(environment, person.id())).contains(person);
            assertThat(person.profile().email()).isEqualTo("jane@example.com");
            assertThat(person.population()).isEqualTo(environment.defaultPopulation());
            assertThat(person.enrolment().mfaEnabled()).isTrue();
            assertThat(person.identity()).isEqualTo(new DN("uid=jane.doe,ou=People," + directory.suffix()));
            ReadOnlyEntry entry = entry(person);
            assertThat(entry.getObjectClassValues())
                    .containsExactlyInAnyOrder(
                            "top", "person", "organizationalPerson", "inetOrgPerson", "oathboundPerson");
            assertThat(Stream.of("uid", "cn", "sn", "givenName", "mail", "oathboundId", "oathboundRevision")
                            .map(entry::getAttributeValue))
                    .containsExactly(
                            "Jane.Doe",
                            "Jane Doe",
                            "Doe",
                            "Jane",
                            "jane@example.com",
                            person.id().toString(),
                            "0");
        }

        @Test
        void withWhatLdapWantsWhenLittleWasSaid() {
            Person person = created("jdoe");
            assertThat(entry(person).getAttributeValue("cn")).isEqualTo("jdoe");
            assertThat(entry(person).getAttributeValue("sn")).isEqualTo("-");
            assertThat(persons.get(environment, person.id()).profile())
                    .isEqualTo(new Profile(new Username("jdoe"), null, null, null));
        }

        @Test
        void withAPasswordOfWhichOnlyAHashIsKept() {
            NewPerson wanted = new NewPerson(profile("jdoe", null), "correct horse", false);
            Person person = persons.create(environment, wanted);
            assertThat(person.enrolment().mfaEnabled()).isFalse();
            assertThat(PasswordHash.matches(entry(person).getAttributeValue(Schema.USER_PASSWORD), "correct horse"))
                    .isTrue();
            assertThat(entry(person).toString() + wanted).doesNotContain("correct horse");

            persons.setPassword(environment, person.id(), "battery staple");
            String stored = entry(person).getAttributeValue(Schema.USER_PASSWORD);
            assertThat(PasswordHash.matches(stored, "battery staple")).isTrue();
            assertThat(PasswordHash.matches(stored, "correct horse")).isFalse();
        }

        @Test
        void inHisEnvironmentOnly() throws Exception {
            Environment other = new Environment(UUID.randomUUID(), new DN("ou=other," + directory.suffix()));
            Person person = created("jdoe");
            assertThat(persons.find(other, person.id())).isEmpty();
            assertThat(persons.find(other, person.username())).isEmpty();
        }
    }

    @Nested
    @DisplayName("A user name is unique in its environment")
    class Unique {

        @ParameterizedTest
        @ValueSource(strings = {"Jane Dö", "JANE DÖ", "  jane   dö", "jane\u00a0do\u0308", "\uff4aane dö"})
        void inEachOfItsForms(String same) {
            Person person = created("Jane Dö");
            assertTaken(() -> created(same));
            assertThat(named(same)).contains(person);
            assertThat(enrolments.all(environment)).hasSize(1);
        }

        @Test
        void amongThoseToWhomLdapGaveOne() throws Exception {
            ldap.add("uid=jdoe,ou=People," + directory.suffix(), "cn", "sn");
            assertTaken(() -> created("JDoe"));
            assertThat(named("jdoe")).isEmpty();
            assertEmpty();
        }

        @Test
        void whenManyWantItAtOnce() throws Exception {
            for (int round = 0; round < 20; round++) {
                String username = "racer" + round;
                List<Object> outcomes = new ArrayList<>();
                for (Future<Person> one : atOnce(IntStream.range(0, 16)
                        .<Callable<Person>>mapToObj(
                                i -> () -> created(i % 2 == 0 ? username : username.toUpperCase(Locale.ROOT)))
                        .toList())) {
                    outcomes.add(outcome(one));
                }
                assertThat(outcomes).filteredOn(Person.class::isInstance).hasSize(1);
                assertThat(enrolments.all(environment)).hasSize(round + 1);
            }
        }

        @Test
        void whenTwoAreRenamedToItAtOnce() throws Exception {
            for (int round = 0; round < 100; round++) {
                Person one = created("one" + round);
                Person two = created("two" + round);
                String wanted = "wanted" + round;
                List<Object> outcomes = new ArrayList<>();
                for (Future<Person> each :
                        atOnce(List.<Callable<Person>>of(() -> renamed(one, wanted), () -> renamed(two, wanted)))) {
                    outcomes.add(outcome(each));
                }
                assertThat(outcomes).filteredOn(Person.class::isInstance).hasSize(1);
                assertThat(Stream.of(one, two).map(person -> persons.get(environment, person.id())
                                .username()
                                .value()))
                        .containsOnlyOnce(wanted);
            }
        }
    }

    @Nested
    @DisplayName("A user name means itself, whatever is in it")
    class Literally {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "*",
                    "j*",
                    "a)(uid=*",
                    "*)(objectClass=*",
                    "a,b",
                    "a+cn=b",
                    "#a",
                    "\"a\"",
                    "a\\",
                    "\\2a",
                    "a=b",
                    "<a>",
                    "a;b",
                    "(",
                    "日本",
                    "a/b?c#d%20"
                })
        void andNobodyElse(String strange) throws Exception {
            created("jdoe");
            assertThat(named(strange)).isEmpty();
            assertThat(usernames(new PersonQuery().usernameIs(new Username(strange))))
                    .isEmpty();
            assertThat(usernames(new PersonQuery().usernameBeginsWith(new Username(strange))))
                    .isEmpty();
            assertThat(usernames(new PersonQuery().emailIs(strange))).isEmpty();

            Person person = created(strange);
            assertThat(named(strange)).contains(person);
            assertThat(persons.get(environment, person.id()).username().value()).isEqualTo(strange);
            assertThat(usernames(new PersonQuery().usernameBeginsWith(new Username(strange))))
                    .containsExactly(strange);
            renamed(person, strange + "2");
            persons.delete(environment, person.id());
            assertThat(usernames(new PersonQuery())).containsExactly("jdoe");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " ", "\0", "\t"})
        void andNothingMeansNobody(String nothing) {
            created("jdoe");
            assertThat(named(nothing)).isEmpty();
            assertThat(usernames(new PersonQuery().usernameIs(new Username(nothing))))
                    .isEmpty();
        }
    }

    @Nested
    @DisplayName("People are listed in the order of their user names")
    class Pages {

        @Test
        void pageByPage() {
            Stream.of("Bob", "anna", "Dora", "carl", "Élodie").forEach(PersonsTest.this::created);
            Page<Person> first = persons.page(environment, new PersonQuery(), null, 2);
            assertThat(first.items())
                    .extracting(person -> person.username().value())
                    .containsExactly("anna", "Bob");
            Page<Person> second = persons.page(environment, new PersonQuery(), first.last(), 3);
            assertThat(second.items())
                    .extracting(person -> person.username().value())
                    .containsExactly("carl", "Dora", "Élodie");
            assertThat(second.last()).isNull();
        }

        @Test
        void byAllTheirConditions() {
            Person jane = persons.create(environment, new NewPerson(profile("jane", "J@example.com"), null, null));
            persons.create(environment, new NewPerson(profile("janet", "j@example.com"), null, null));
            created("jim");
            assertThat(usernames(new PersonQuery().emailIs("j@EXAMPLE.com"))).containsExactly("jane", "janet");
            assertThat(usernames(new PersonQuery().usernameBeginsWith(new Username("JAN"))))
                    .containsExactly("jane", "janet");
            assertThat(usernames(new PersonQuery().usernameIs(new Username("Jane"))))
                    .containsExactly("jane");
            assertThat(usernames(new PersonQuery().idIs(jane.id()))).containsExactly("jane");
            assertThat(usernames(new PersonQuery().idIs(jane.id()).usernameIs(new Username("janet"))))
                    .isEmpty();
            assertThat(usernames(
                            new PersonQuery().usernameIs(new Username("jim")).emailIs("j@example.com")))
                    .isEmpty();
            assertThat(persons.page(environment, new PersonQuery().idIs(jane.id()), "a", 9)
                            .items())
                    .isEmpty();
        }

        @Test
        void withoutThoseWhomOnlyLdapKnowsOrWhoAreGone() throws Exception {
            ldap.add("uid=ldap,ou=People," + directory.suffix(), "cn", "sn");
            ldap.add("cn=Eve,ou=People," + directory.suffix(), "sn");
            Person gone = created("gone");
            created("jdoe");
            enrolments.close(environment, gone.id(), gone.createdAt());
            assertThat(usernames(new PersonQuery())).containsExactly("jdoe");
            assertThat(named("gone")).isEmpty();
            assertThat(persons.page(environment, new PersonQuery(), null, 1).last())
                    .isNotNull();
        }
    }

    @Nested
    @DisplayName("A change is one that nobody else's is lost by")
    class ChangePerson {

        @Test
        void ofWhatIsSaid() {
            Person person = created("jdoe");
            Person changed = persons.change(environment, person.id(), before -> profile("jdoe", "jane@example.com"));
            assertThat(persons.get(environment, person.id())).isEqualTo(changed);
            assertThat(changed.profile()).isEqualTo(profile("jdoe", "jane@example.com"));
            assertThat(entry(person).getAttributeValue("cn")).isEqualTo("Jane Doe");

            persons.change(environment, person.id(), before -> new Profile(new Username("jdoe"), null, null, null));
            assertThat(Stream.of("cn", "sn", "givenName", "mail").map(entry(person)::getAttributeValue))
                    .containsExactly("jdoe", "-", null, null);
        }

        @Test
        void notOfWhatStaysAsItIs() {
            Person person = persons.create(environment, new NewPerson(profile("jdoe", "j@example.com"), null, null));
            ldap.modify(person.identity(), "cn", "Jane Q. Doe", "Janie");
            ldap.modify(person.identity(), "mail", "j@example.com", "second@example.com");
            String revision = entry(person).getAttributeValue(Schema.REVISION);
            assertThat(persons.change(environment, person.id(), before -> before))
                    .isEqualTo(persons.get(environment, person.id()));
            assertThat(entry(person).getAttributeValue(Schema.REVISION)).isEqualTo(revision);

            persons.change(
                    environment,
                    person.id(),
                    before -> new Profile(new Username("JDoe"), before.email(), before.given(), before.family()));
            assertThat(entry(person).getAttributeValues("cn")).containsExactlyInAnyOrder("Jane Q. Doe", "Janie");
            assertThat(entry(person).getAttributeValues("mail"))
                    .containsExactlyInAnyOrder("j@example.com", "second@example.com");
        }

        @Test
        void decidedAgainWhenLdapWasFaster() {
            Person person = persons.create(environment, new NewPerson(profile("jdoe", "old@example.com"), null, null));
            List<String> seen = new ArrayList<>();
            persons.change(environment, person.id(), before -> {
                seen.add(before.email());
                if (seen.size() == 1) {
                    ldap.modify(person.identity(), "mail", "ldap@example.com");
                }
                return profile("jdoe", "new@example.com");
            });
            assertThat(seen).containsExactly("old@example.com", "ldap@example.com");
            assertThat(entry(person).getAttributeValues("mail")).containsExactly("new@example.com");
        }

        @Test
        void besideWhatLdapChangesMeanwhile() {
            Person person = persons.create(environment, new NewPerson(profile("jdoe", "old@example.com"), null, null));
            persons.change(environment, person.id(), before -> {
                if ("old@example.com".equals(before.email())) {
                    ldap.modify(person.identity(), "mail", "ldap@example.com");
                }
                return new Profile(before.username(), before.email(), "Janet", before.family());
            });
            assertThat(persons.get(environment, person.id()).profile())
                    .isEqualTo(new Profile(new Username("jdoe"), "ldap@example.com", "Janet", "Doe"));
        }

        @Test
        void ofManyWhoChangeAtOnce() throws Exception {
            Person person = persons.create(environment, new NewPerson(profile("jdoe", "0@example.com"), null, null));
            List<Callable<Person>> all = IntStream.range(0, 32)
                    .<Callable<Person>>mapToObj(i -> () -> persons.change(environment, person.id(), before -> {
                        int number = Integer.parseInt(
                                Objects.requireNonNull(before.email()).replace("@example.com", ""));
                        return profile("jdoe", (number + 1) + "@example.com");
                    }))
                    .toList();
            for (Future<Person> one : atOnce(all)) {
                one.get();
            }
            assertThat(persons.get(environment, person.id()).profile().email()).isEqualTo("32@example.com");
        }

        @Test
        void notOfSomebodyWhoIsNot() {
            assertThatThrownBy(() -> persons.change(environment, UUID.randomUUID(), before -> before))
                    .isInstanceOf(Problem.NotFound.class);
            assertThatThrownBy(() -> persons.setPassword(environment, UUID.randomUUID(), "correct horse"))
                    .isInstanceOf(Problem.NotFound.class);
        }
    }

    @Nested
    @DisplayName("A person who is renamed is never lost, and never there twice")
    class Renames {

        @Test
        void toAnotherUserName() {
            Person person = created("jdoe");
            Person renamed = renamed(person, "jane.doe");
            assertThat(renamed.id()).isEqualTo(person.id());
            assertThat(persons.get(environment, person.id())).isEqualTo(renamed);
            assertThat(named("jane.doe")).contains(renamed);
            assertThat(named("jdoe")).isEmpty();
            assertThat(usernames(new PersonQuery())).containsExactly("jane.doe");
            assertThat(enrolments.get(environment, person.id()).identity()).isEqualTo(renamed.identity());
            assertThat(entry(renamed).getAttributeValues("uid")).containsExactly("jane.doe");
            created("jdoe");
        }

        @Test
        void toAnotherSpelling() {
            Person person = created("jdoe");
            assertThat(renamed(person, "JDoe").username().value()).isEqualTo("JDoe");
            assertThat(persons.get(environment, person.id()).username().value()).isEqualTo("JDoe");
            assertThat(usernames(new PersonQuery())).containsExactly("JDoe");
        }

        @Test
        void notToOneThatIsTaken() throws Exception {
            Person person = created("jdoe");
            created("other");
            ldap.add("uid=ldap,ou=People," + directory.suffix(), "cn", "sn");
            assertTaken(() -> renamed(person, "OTHER"));
            assertTaken(() -> renamed(person, "ldap"));
            assertThat(persons.get(environment, person.id())).isEqualTo(person);
        }

        @Test
        void byLdap() throws Exception {
            Person person = created("jdoe");
            ldap.rename(person.identity(), "uid=jane.doe");
            assertThat(persons.get(environment, person.id()).username().value()).isEqualTo("jane.doe");
            assertThat(enrolments.get(environment, person.id()).identity())
                    .isEqualTo(new DN("uid=jane.doe,ou=People," + directory.suffix()));
            ldap.rename(persons.get(environment, person.id()).identity(), "uid=third");
            assertThat(named("third")).map(Person::id).contains(person.id());
            assertThat(enrolments.get(environment, person.id()).identity())
                    .isEqualTo(new DN("uid=third,ou=People," + directory.suffix()));
        }

        @Test
        void byLdapToAnotherKindOfName() {
            Person person = persons.create(environment, new NewPerson(profile("jdoe", null), null, null));
            ldap.rename(person.identity(), "cn=Jane Doe");
            assertThat(persons.get(environment, person.id()).username().value()).isEqualTo("Jane Doe");
            assertThat(usernames(new PersonQuery())).containsExactly("Jane Doe");
            assertThat(renamed(person, "jdoe").username().value()).isEqualTo("jdoe");
            assertThat(named("jdoe")).isPresent();
        }

        @Test
        void byLdapToWhatIsNoUserName() {
            Person person = created("jdoe");
            ldap.rename(person.identity(), "uid=j\u200bdoe\u00df");
            assertThat(persons.get(environment, person.id()).id()).isEqualTo(person.id());
            assertThat(persons.page(environment, new PersonQuery(), null, 9).items())
                    .hasSize(1);
        }

        @Test
        void andWhoeverTookTheOldNameIsNotMistakenForHim() {
            Person person = created("jdoe");
            ldap.rename(person.identity(), "uid=jane.doe");
            Person other = created("jdoe");
            assertThat(persons.get(environment, person.id()).username().value()).isEqualTo("jane.doe");
            persons.delete(environment, person.id());
            assertThat(usernames(new PersonQuery())).containsExactly("jdoe");
            assertThat(persons.get(environment, other.id())).isEqualTo(other);
        }

        @Test
        void whileHeIsDeletedAndHisNameIsTaken() throws Exception {
            for (int round = 0; round < 100; round++) {
                String name = "jdoe" + round;
                Person person = created(name);
                List<Future<Object>> outcomes =
                        atOnce(List.<Callable<Object>>of(() -> renamed(person, "renamed"), () -> created(name), () -> {
                            persons.delete(environment, person.id());
                            return "deleted";
                        }));
                assertThat(outcome(outcomes.get(2))).isEqualTo("deleted");
                outcome(outcomes.get(0));
                assertThat(hasEnrolment(person)).isFalse();
                assertThat(named("renamed")).isEmpty();
                if (outcome(outcomes.get(1)) instanceof Person other) {
                    assertThat(named(name)).contains(other);
                } else {
                    assertThat(named(name)).isEmpty();
                }
            }
            assertThat(new Identities(directory, directory).all(environment))
                    .hasSize(enrolments.all(environment).size());
        }
    }

    @Nested
    @DisplayName("A person who is deleted is gone at once, and leaves nothing")
    class Deletes {

        @Test
        void afterWhatHeHadPaired() {
            UUID device = UUID.randomUUID();
            List<String> seen = new ArrayList<>();
            Persons observed = PersonsFixture.persons(directory, event -> {
                seen.add(event.devices() + " " + persons.find(environment, event.person()));
                assertThat(directory.read(EnrolmentEntry.dn(environment, event.person())))
                        .as("what the sweep would find")
                        .isPresent();
            });
            Person person = created("jdoe");
            enrolments.change(environment, person.id(), enrolment -> enrolment.with(new Enrolment.Listed(device)));
            observed.delete(environment, person.id());
            assertThat(seen).containsExactly("[" + device + "] Optional.empty");
            assertEmpty();
        }

        @Test
        void andComesBackAsSomebodyElse() {
            Person first = created("jdoe");
            persons.delete(environment, first.id());
            Person second = created("jdoe");
            assertThat(second.id()).isNotEqualTo(first.id());
            assertThat(persons.find(environment, first.id())).isEmpty();
        }

        @Test
        void once() throws Exception {
            for (int round = 0; round < 50; round++) {
                Person person = created("jdoe");
                List<Object> outcomes = new ArrayList<>();
                Callable<Object> delete = () -> {
                    persons.delete(environment, person.id());
                    return "deleted";
                };
                for (Future<Object> one : atOnce(List.of(delete, delete, delete))) {
                    outcomes.add(outcome(one));
                }
                assertThat(outcomes).containsOnlyOnce("deleted");
                assertEmpty();
            }
            assertThat(deleted).hasSize(50);
        }

        @Test
        void notWhenHeIsNot() {
            assertThatThrownBy(() -> persons.delete(environment, UUID.randomUUID()))
                    .isInstanceOf(Problem.NotFound.class);
            assertThat(deleted).isEmpty();
        }

        @Test
        void withWhatLdapHasPutBelowHim() throws Exception {
            Person person = created("jdoe");
            ldap.add("cn=a," + person.identity(), "sn");
            ldap.add("cn=b,cn=a," + person.identity(), "sn");
            persons.delete(environment, person.id());
            assertEmpty();
            assertThat(directory.read(person.identity())).isEmpty();
        }
    }

    @Nested
    @DisplayName("The sweep finishes what was left half done")
    class Sweeps {

        private final Duration fiveMinutes = Duration.ofMinutes(5);

        private Persons later(Duration later) {
            return PersonsFixture.persons(directory, deleted::add, Clock.offset(Clock.systemUTC(), later));
        }

        private Person halfCreated() {
            Person person = created("half");
            directory.delete(person.identity());
            return person;
        }

        @Test
        void aPersonWhoNeverCameToBe() {
            Person half = halfCreated();
            assertThat(persons.find(environment, half.id())).isEmpty();
            assertThat(named("half")).isEmpty();

            persons.sweep(environment, fiveMinutes, new UnreadableEntries());
            later(Duration.ofSeconds(299)).sweep(environment, fiveMinutes, new UnreadableEntries());
            assertThat(hasEnrolment(half)).isTrue();
            later(Duration.ofSeconds(301)).sweep(environment, fiveMinutes, new UnreadableEntries());
            assertThat(hasEnrolment(half)).isFalse();
        }

        @Test
        void atTheStartWhateverItsAge() {
            Person half = halfCreated();
            persons.sweep(environment, Duration.ZERO, new UnreadableEntries());
            assertThat(hasEnrolment(half)).isFalse();
            created("half");
        }

        @Test
        void nobodyWhoIsThere() {
            Person person = created("jdoe");
            Person byLdap = created("other");
            ldap.rename(byLdap.identity(), "cn=x+uid=y");
            later(Duration.ofDays(1)).sweep(environment, Duration.ZERO, new UnreadableEntries());
            assertThat(persons.find(environment, person.id())).contains(person);
            assertThat(persons.find(environment, byLdap.id())).isPresent();
            assertThat(deleted).isEmpty();
        }

        @Test
        void aDeletionThatStoppedAtOnce() {
            Person person = created("jdoe");
            enrolments.close(environment, person.id(), person.createdAt());
            assertThat(persons.find(environment, person.id())).isEmpty();
            assertThat(named("jdoe")).isEmpty();
            assertThatThrownBy(() -> enrolments.change(environment, person.id(), enrolment -> enrolment))
                    .isInstanceOf(Problem.NotFound.class);
            persons.sweep(environment, fiveMinutes, new UnreadableEntries());
            assertEmpty();
            assertThat(deleted).extracting(PersonDeleted::person).containsExactly(person.id());
        }

        @Test
        void aDeletionThatStoppedWhenTheIdentityHadAnotherName() {
            Person person = created("jdoe");
            ldap.rename(person.identity(), "uid=other");
            Person heir = created("jdoe");
            enrolments.close(environment, person.id(), person.createdAt());
            persons.sweep(environment, fiveMinutes, new UnreadableEntries());
            assertThat(hasEnrolment(person)).isFalse();
            assertThat(usernames(new PersonQuery())).containsExactly("jdoe");
            assertThat(named("jdoe")).contains(heir);
        }

        @Test
        void aDeletionThatCouldNotUnpair() {
            AtomicInteger attempts = new AtomicInteger();
            Persons hindered = PersonsFixture.persons(directory, event -> {
                if (attempts.incrementAndGet() == 1) {
                    throw new Problem.Unavailable("Not now.", Duration.ofSeconds(1));
                }
            });
            Person person = created("jdoe");
            assertThatThrownBy(() -> hindered.delete(environment, person.id())).isInstanceOf(Problem.Unavailable.class);
            assertThat(hasEnrolment(person)).isTrue();
            assertThat(persons.find(environment, person.id())).isEmpty();
            hindered.sweep(environment, fiveMinutes, new UnreadableEntries());
            assertThat(attempts).hasValue(2);
            assertEmpty();
        }

        @Test
        void aPersonWhomLdapHasDeleted() {
            Person person = created("jdoe");
            UUID device = UUID.randomUUID();
            enrolments.change(environment, person.id(), enrolment -> enrolment.with(new Enrolment.Listed(device)));
            ldap.delete(person.identity());
            assertThat(persons.find(environment, person.id())).isEmpty();
            later(Duration.ofMinutes(6)).sweep(environment, fiveMinutes, new UnreadableEntries());
            assertEmpty();
            assertThat(deleted).containsExactly(new PersonDeleted(environment, person.id(), List.of(device)));
        }

        @Test
        void andWhoeverIsCreatedMeanwhileIsThereWhollyOrNotAtAll() throws Exception {
            Persons ruthless = PersonsFixture.persons(directory);
            for (int round = 0; round < 200; round++) {
                String name = "jdoe" + round;
                List<Future<Object>> outcomes = atOnce(List.<Callable<Object>>of(
                        () -> {
                            try {
                                return created(name);
                            } catch (Problem.Unavailable e) {
                                return "not created";
                            }
                        },
                        () -> {
                            ruthless.sweep(environment, Duration.ofSeconds(-1), new UnreadableEntries());
                            return "swept";
                        }));
                boolean there = outcomes.get(0).get() instanceof Person;
                assertThat(named(name).isPresent()).isEqualTo(there);
                assertThat(new Identities(directory, directory).all(environment))
                        .hasSize(enrolments.all(environment).size());
            }
        }
    }
}
