package org.oathbound.directory.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.directory.Directories;
import org.oathbound.directory.Ldif;
import org.oathbound.directory.Listing.Entries;
import org.oathbound.directory.Listing.Order;
import org.oathbound.directory.Schema;
import org.oathbound.directory.WholeDirectory;

class EmbeddedDirectoryTest {

    private static final Filter ANY = Filter.createPresenceFilter("objectClass");

    private final WholeDirectory directory = Directories.fresh();
    private final DN tokens = new DN(new RDN("ou", "Tokens"), directory.suffix());

    private Entry token(String id) {
        return new Entry(
                new DN(new RDN(Schema.TOKEN_IDENTIFIER, id), tokens),
                new Attribute("objectClass", "device", "oathTOTPToken", "oathboundToken"),
                new Attribute("cn", "SN-" + id),
                new Attribute(Schema.SECRET, "sealed-" + id),
                new Attribute(Schema.OTP_LENGTH, "6"),
                new Attribute(Schema.HMAC_ALGORITHM, "1.2.840.113549.2.7"),
                new Attribute(Schema.TOTP_TIME_STEP_PERIOD, "30"),
                new Attribute(Schema.REVISION, "0"));
    }

    private ReadOnlyEntry added(Entry entry) {
        assertThat(directory.add(entry)).isTrue();
        return read(entry.getDN());
    }

    private ReadOnlyEntry read(String dn) {
        try {
            return directory.read(new DN(dn)).orElseThrow();
        } catch (com.unboundid.ldap.sdk.LDAPException e) {
            throw new AssertionError(e);
        }
    }

    private static Entry with(Entry entry, String attribute, String... values) {
        Entry changed = entry.duplicate();
        changed.setAttribute(attribute, values);
        return changed;
    }

    private static List<String> ids(Entries page) {
        return page.entries().stream()
                .map(entry -> entry.getAttributeValue(Schema.TOKEN_IDENTIFIER))
                .toList();
    }

    @Nested
    class TheTreeStandsBelowAnySuffix {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "dc=example,dc=com",
                    "DC=Acme, DC=example",
                    "o=Acme & Sons",
                    "ou=otp,o=acme",
                    "c=CH",
                    "l=Bern"
                })
        void withAllItsContainers(String suffix) throws Exception {
            WholeDirectory other = Directories.fresh(suffix);
            assertThat(other.suffix()).isEqualTo(new DN(suffix));
            assertThat(other.read(new DN(suffix)).orElseThrow().getAttributeValue(Schema.REVISION))
                    .isEqualTo("0");
            for (String container :
                    List.of("People", "Enrolments", "Tokens", "Devices", "Jobs", "Applications", "Environments")) {
                assertThat(other.read(new DN("ou=" + container + "," + suffix))).isPresent();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"cn=nobody", "uid=x,dc=example", "dc=a+o=b", "", "nonsense"})
        void orSaysClearlyThatItCant(String suffix) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Directories.fresh(suffix))
                    .withMessageContaining("oathbound.base-dn");
        }
    }

    @Nested
    class TheSchema {

        @Test
        void definesEveryNameThatIsUsed() throws Exception {
            var schema = Ldif.schema();
            for (var field : Schema.class.getFields()) {
                String name = (String) field.get(null);
                assertThat(schema.getAttributeType(name) != null || schema.getObjectClass(name) != null)
                        .as(name)
                        .isTrue();
            }
        }

        @Test
        void refusesWhatItDoesNotAllowAndNamesTheFaultButNoValue() {
            Entry wrong = with(token("a"), "mail", "secret@example.com");
            wrong.setAttribute(Schema.OTP_LENGTH, "six");
            assertThatIllegalStateException()
                    .isThrownBy(() -> directory.add(wrong))
                    .withMessageContaining("mail")
                    .withMessageNotContainingAny("secret@example.com", "six");
        }

        @Test
        void comparesNumbersAndTimesByOrder() throws Exception {
            ReadOnlyEntry seen = added(with(token("a"), Schema.CREATED_AT, "20260101000000Z"));
            directory.modifyIfUnchanged(seen, with(seen, Schema.OTP_LENGTH, "10"));
            for (String filter : List.of("(oathOTPLength>=9)", "(oathboundCreatedAt>=20251231235959Z)")) {
                assertThat(ids(directory.page(tokens, Filter.create(filter), null, 1, Order.ASCENDING)))
                        .containsExactly("a");
            }
        }
    }

    @Nested
    class AnEntryIsAddedOnce {

        @Test
        void underANameThatIsFree() {
            assertThat(directory.add(token("a"))).isTrue();
            assertThat(directory.add(token("a"))).isFalse();
            assertThat(directory.add(token("A"))).isFalse();
        }

        @Test
        void andReadWithWhateverCaseAndSpacing() throws Exception {
            added(token("a"));
            assertThat(directory.read(new DN("OATHTOKENIDENTIFIER=A , ou=tokens,DC=example,dc=com")))
                    .isPresent();
        }

        @Test
        void andIsGoneWhenDeleted() throws Exception {
            DN dn = added(token("a")).getParsedDN();
            assertThat(directory.delete(dn)).isTrue();
            assertThat(directory.delete(dn)).isFalse();
            assertThat(directory.read(dn)).isEmpty();
            assertThat(directory.page(tokens, ANY, null, 1, Order.ASCENDING).entries())
                    .isEmpty();
        }

        @Test
        void andStaysWhileThereAreEntriesBelowIt() {
            assertThatIllegalStateException().isThrownBy(() -> directory.delete(directory.suffix()));
            assertThat(directory.read(directory.suffix())).isPresent();
        }
    }

    @Nested
    class AChangeIsMadeOnlyToWhatWasSeen {

        @Test
        void andRaisesTheRevision() {
            ReadOnlyEntry seen = added(token("a"));
            assertThat(directory.modifyIfUnchanged(seen, with(seen, Schema.PAIRING, "p d 1", "q e 2")))
                    .isTrue();
            ReadOnlyEntry changed = read(seen.getDN());
            assertThat(changed.getAttributeValue(Schema.REVISION)).isEqualTo("1");
            assertThat(changed.getAttributeValues(Schema.PAIRING)).containsExactlyInAnyOrder("p d 1", "q e 2");
        }

        @Test
        void elseNothingHappens() {
            ReadOnlyEntry seen = added(token("a"));
            assertThat(directory.modifyIfUnchanged(seen, with(seen, Schema.MODEL, "first")))
                    .isTrue();
            // The same values again: the new attribute exists already, and yet this is a race that was lost.
            assertThat(directory.modifyIfUnchanged(seen, with(seen, Schema.MODEL, "first")))
                    .isFalse();
            assertThat(directory.modifyIfUnchanged(seen, with(seen, Schema.MODEL, "second")))
                    .isFalse();
            assertThat(read(seen.getDN()).getAttributeValue(Schema.MODEL)).isEqualTo("first");
        }

        @Test
        void norToWhatIsGone() throws Exception {
            ReadOnlyEntry seen = added(token("a"));
            directory.delete(seen.getParsedDN());
            assertThat(directory.modifyIfUnchanged(seen, seen)).isFalse();
        }

        @Test
        void seesAChangeOfCaseOnly() {
            ReadOnlyEntry seen = added(with(token("a"), Schema.NAME, "Bob"));
            assertThat(directory.modifyIfUnchanged(seen, with(seen, Schema.NAME, "BOB")))
                    .isTrue();
            assertThat(read(seen.getDN()).getAttributeValue(Schema.NAME)).isEqualTo("BOB");
        }

        @Test
        void ofNothingButTheRevisionIfSoIsWanted() {
            ReadOnlyEntry seen = added(token("a"));
            assertThat(directory.modifyIfUnchanged(seen, seen)).isTrue();
            assertThat(read(seen.getDN()).getAttributeValue(Schema.REVISION)).isEqualTo("1");
        }

        @Test
        void andTakesValuesAway() {
            ReadOnlyEntry seen = added(with(token("a"), Schema.PAIRING, "p d 1", "q e 2"));
            Entry wanted = with(seen, Schema.PAIRING, "q e 2");
            wanted.removeAttribute(Schema.SECRET);
            assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
            ReadOnlyEntry changed = read(seen.getDN());
            assertThat(changed.getAttributeValues(Schema.PAIRING)).containsExactly("q e 2");
            assertThat(changed.hasAttribute(Schema.SECRET)).isFalse();
        }

        @Test
        void withBinaryValuesThatHaveNoEqualityRule() {
            byte[] photo = new byte[300];
            new Random(1).nextBytes(photo);
            Entry person = new Entry("uid=jdoe,ou=People,dc=example,dc=com");
            person.addAttribute("objectClass", "inetOrgPerson", "oathboundToken");
            person.addAttribute("cn", "J");
            person.addAttribute("sn", "D");
            person.addAttribute(Schema.REVISION, "41");
            person.addAttribute("jpegPhoto", "one".getBytes(java.nio.charset.StandardCharsets.UTF_8), photo);
            ReadOnlyEntry seen = added(person);
            Entry wanted = seen.duplicate();
            wanted.setAttribute("jpegPhoto", photo);
            assertThat(directory.modifyIfUnchanged(seen, wanted)).isTrue();
            assertThat(read(seen.getDN()).getAttributeValueByteArrays("jpegPhoto"))
                    .isDeepEqualTo(new byte[][] {photo});
        }

        @Test
        void orTellsByAllValuesWhereThereIsNoRevision() {
            ReadOnlyEntry seen = read("ou=People,dc=example,dc=com");
            assertThat(directory.modifyIfUnchanged(seen, seen)).isTrue();
            assertThat(directory.modifyIfUnchanged(seen, with(seen, "description", "first")))
                    .isTrue();
            assertThat(directory.modifyIfUnchanged(seen, with(seen, "description", "second")))
                    .isFalse();
            assertThat(directory.modifyIfUnchanged(seen, with(seen, "l", "elsewhere")))
                    .isFalse();
            ReadOnlyEntry changed = read("ou=People,dc=example,dc=com");
            assertThat(changed.getAttributeValues("description")).containsExactly("first");
            assertThat(changed.hasAttribute(Schema.REVISION)).isFalse();
        }
    }

    @Nested
    class OfManyAtOnceExactlyOneWins {

        @Test
        void inEachRound() throws Exception {
            int racers = 8;
            int rounds = 200;
            added(with(token("a"), Schema.FAILURE_COUNT, "0"));
            ExecutorService threads = Executors.newFixedThreadPool(racers);
            try {
                for (int round = 0; round < rounds; round++) {
                    ReadOnlyEntry seen = read("oathTokenIdentifier=a,ou=Tokens,dc=example,dc=com");
                    CountDownLatch start = new CountDownLatch(1);
                    AtomicInteger winners = new AtomicInteger();
                    Entry wanted = with(seen, Schema.FAILURE_COUNT, Integer.toString(round + 1));
                    List<Future<?>> all = IntStream.range(0, racers)
                            .<Future<?>>mapToObj(racer -> threads.submit(() -> {
                                start.await();
                                if (directory.modifyIfUnchanged(seen, wanted)) {
                                    winners.incrementAndGet();
                                }
                                return null;
                            }))
                            .toList();
                    start.countDown();
                    for (Future<?> one : all) {
                        one.get();
                    }
                    assertThat(winners).hasValue(1);
                }
            } finally {
                threads.shutdownNow();
            }
            ReadOnlyEntry last = read("oathTokenIdentifier=a,ou=Tokens,dc=example,dc=com");
            assertThat(last.getAttributeValue(Schema.REVISION)).isEqualTo(Integer.toString(rounds));
            assertThat(last.getAttributeValue(Schema.FAILURE_COUNT)).isEqualTo(Integer.toString(rounds));
        }
    }

    @Nested
    class ARename {

        private DN named(String id) {
            return new DN(new RDN(Schema.TOKEN_IDENTIFIER, id), tokens);
        }

        private List<String> all() {
            return ids(directory.page(tokens, ANY, null, 9, Order.ASCENDING));
        }

        @Test
        void movesTheEntryWithAllThatItHas() {
            ReadOnlyEntry seen = added(token("a"));
            assertThat(directory.renameIfUnchanged(seen, named("b, c"))).isTrue();
            assertThat(directory.read(named("a"))).isEmpty();
            ReadOnlyEntry renamed = directory.read(named("b, c")).orElseThrow();
            assertThat(renamed.getAttributeValues(Schema.TOKEN_IDENTIFIER)).containsExactly("b, c");
            assertThat(renamed.getAttributeValue(Schema.SECRET)).isEqualTo("sealed-a");
            assertThat(all()).containsExactly("b, c");
        }

        @Test
        void changesNothingWhenTheNewNameIsTaken() {
            ReadOnlyEntry a = added(token("a"));
            ReadOnlyEntry b = added(token("b"));
            assertThat(directory.renameIfUnchanged(a, named("B"))).isFalse();
            assertThat(List.of(read(a.getDN()), read(b.getDN()))).containsExactly(a, b);
        }

        @Test
        void changesNothingWhenTheEntryHasChangedOrIsGone() throws Exception {
            ReadOnlyEntry seen = added(token("a"));
            assertThat(directory.modifyIfUnchanged(seen, seen)).isTrue();
            ReadOnlyEntry raised = read(seen.getDN());
            assertThat(directory.renameIfUnchanged(seen, named("b"))).isFalse();
            assertThat(directory.deleteIfUnchanged(seen)).isFalse();
            assertThat(read(seen.getDN())).isEqualTo(raised);
            assertThat(all()).containsExactly("a");
            assertThat(directory.deleteIfUnchanged(raised)).isTrue();
            assertThat(directory.renameIfUnchanged(raised, named("b"))).isFalse();
            assertThat(directory.deleteIfUnchanged(raised)).isFalse();
        }

        @Test
        void mayChangeNothingButTheSpelling() {
            ReadOnlyEntry seen = added(token("jane  doe"));
            assertThat(directory.renameIfUnchanged(seen, named("Jane Doe"))).isTrue();
            assertThat(all()).containsExactly("Jane Doe");
            assertThat(directory.delete(named("JANE   DOE"))).isTrue();
            assertThat(all()).isEmpty();
        }

        @Test
        void keepsTheOldNameAsAValueWhenTheNewOneIsOfAnotherKind() throws Exception {
            ReadOnlyEntry seen = added(token("a"));
            assertThat(directory.renameIfUnchanged(seen, new DN(new RDN("cn", "SN-a"), tokens)))
                    .isTrue();
            assertThat(read("cn=SN-a,ou=Tokens,dc=example,dc=com").getAttributeValue(Schema.TOKEN_IDENTIFIER))
                    .isEqualTo("a");
        }

        @Test
        void showsTheNewNameBeforeTheOldOneGoes() throws Exception {
            EntryIndex index = new EntryIndex();
            index.put(new ReadOnlyEntry(token("a")));
            List<Boolean> newNameIsThere = new ArrayList<>();
            List<DN> goes = new AbstractList<>() {
                @Override
                public DN get(int i) {
                    newNameIsThere.add(index.get(named("b")).isPresent());
                    return named("a");
                }

                @Override
                public int size() {
                    return 1;
                }
            };
            new Edit(goes, List.of(new ReadOnlyEntry(token("b")))).apply(index);
            assertThat(newNameIsThere).containsExactly(true);
            assertThat(index.get(named("a"))).isEmpty();
        }
    }

    @Nested
    class APage {

        @Test
        void isInTheOrderOfTheNamingValueWithoutRegardToCase() {
            Stream.of("b", "C", "a", "D", "aa").forEach(id -> added(token(id)));
            Entries first = directory.page(tokens, ANY, null, 2, Order.ASCENDING);
            assertThat(ids(first)).containsExactly("a", "aa");
            assertThat(first.more()).isTrue();
            Entries second = directory.page(tokens, ANY, "AA", 3, Order.ASCENDING);
            assertThat(ids(second)).containsExactly("b", "C", "D");
            assertThat(second.more()).isFalse();
        }

        @ParameterizedTest
        @CsvSource(nullValues = "-", textBlock = """
                        -,  D C b
                        D,  C b aa
                        bb, b aa a
                        a,  ''
                        """)
        void goesDownToo(String after, String expected) {
            Stream.of("b", "C", "a", "D", "aa").forEach(id -> added(token(id)));
            assertThat(String.join(" ", ids(directory.page(tokens, ANY, after, 3, Order.DESCENDING))))
                    .isEqualTo(expected);
        }

        @Test
        void leavesOutWhatIsRevokedUntilItLivesAgain() throws Exception {
            Stream.of("a", "b", "c").forEach(id -> added(token(id)));
            ReadOnlyEntry seen = read("oathTokenIdentifier=b,ou=Tokens,dc=example,dc=com");
            directory.modifyIfUnchanged(seen, with(seen, Schema.REVOKED_AT, "20260101000000Z"));
            assertThat(ids(directory.page(tokens, ANY, null, 9, Order.ASCENDING)))
                    .containsExactly("a", "c");
            ReadOnlyEntry revoked = directory.read(seen.getParsedDN()).orElseThrow();
            Entry alive = revoked.duplicate();
            alive.removeAttribute(Schema.REVOKED_AT);
            directory.modifyIfUnchanged(revoked, alive);
            assertThat(ids(directory.page(tokens, ANY, null, 9, Order.ASCENDING)))
                    .containsExactly("a", "b", "c");
        }

        @Test
        void holdsWhatMatchesTheFilterOnly() throws Exception {
            IntStream.range(0, 9).forEach(i -> added(with(token("t" + i), Schema.MODEL, "batch" + i % 3)));
            Entries page = directory.page(tokens, Filter.create("(oathboundModel=BATCH1)"), null, 2, Order.ASCENDING);
            assertThat(ids(page)).containsExactly("t1", "t4");
            assertThat(page.more()).isTrue();
            assertThat(ids(directory.page(tokens, Filter.create("(oathboundModel=batch1)"), "t4", 2, Order.ASCENDING)))
                    .containsExactly("t7");
        }

        @ParameterizedTest
        @ValueSource(ints = {100, 5_000})
        void costsTheSameHoweverManyEntriesThereAre(int entries) {
            EntryIndex index = new EntryIndex();
            IntStream.range(0, entries)
                    .mapToObj(i -> new ReadOnlyEntry(token(String.format("%06d", i))))
                    .forEach(index::put);
            for (Order order : Order.values()) {
                AtomicInteger reads = new AtomicInteger();
                Entries page = Entries.firstOf(
                        index.below(tokens, "000050", order).peek(entry -> reads.incrementAndGet()), 10);
                assertThat(page.entries()).hasSize(10);
                assertThat(reads).hasValue(11);
            }
        }
    }
}
