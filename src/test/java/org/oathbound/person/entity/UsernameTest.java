package org.oathbound.person.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.RDN;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class UsernameTest {

    private static DN dn(Username username) {
        return new DN(new RDN("uid", username.value()));
    }

    @Nested
    @DisplayName("One user name is one person, whatever its case, its spaces or its Unicode form")
    class One {

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                jdoe           | JDoe
                jdoe           | `  jdoe `
                jane doe       | Jane   Doe
                jane doe       | `Jane\u00a0\u2003Doe\u3000`
                jdoe           | \uff4a\uff44\uff4f\uff45
                \u00e9lodie    | e\u0301lodie
                \u00e9lodie    | E\u0301LODIE
                stra\u00dfe    | STRASSE
                \u03bc\u03ac\u03c1\u03ba\u03bf\u03c2 | \u039c\u0386\u03a1\u039a\u039f\u03a3
                \u0130stanbul  | i\u0307stanbul
                kelvin         | \u212aelvin
                fi             | \ufb01
                """)
        void so(String one, String other) {
            Username first = new Username(one);
            Username second = new Username(other);
            assertThat(first).isEqualTo(second).hasSameHashCodeAs(second);
            assertThat(dn(first)).as("the entry's name").isEqualTo(dn(second));
        }

        @Test
        void whicheverCharacterItHas() {
            List<String> apart = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                    .mapToObj(Character::toString)
                    .filter(Username::isUsername)
                    .filter(character -> variants(character).count() > 1)
                    .filter(character -> {
                        Username username = new Username("1" + character + "2");
                        Username canonical = new Username(username.canonical());
                        return !canonical.value().equals(username.canonical())
                                || variants(character)
                                        .map(Username::new)
                                        .anyMatch(same -> !same.equals(username) || !dn(same).equals(dn(canonical)));
                    })
                    .toList();
            assertThat(apart).isEmpty();
        }

        private static Stream<String> variants(String character) {
            String text = "1" + character + "2";
            return Stream.of(
                            text,
                            text.toUpperCase(Locale.ROOT),
                            text.toLowerCase(Locale.ROOT),
                            Normalizer.normalize(text, Normalizer.Form.NFD),
                            Normalizer.normalize(text, Normalizer.Form.NFKC))
                    .distinct();
        }

        @ParameterizedTest
        @CsvSource({"jdoe,jdoe2", "a.b,ab", "é,e", "jane doe,janedoe", "o,0", "\u0130stanbul,istanbul"})
        void andNoOther(String one, String other) {
            assertThat(new Username(one)).isNotEqualTo(new Username(other));
            assertThat(dn(new Username(one))).isNotEqualTo(dn(new Username(other)));
        }

        @ParameterizedTest
        @CsvSource({"JDoe,JDoe", "Müller,Müller", "' Jane  Doe',Jane Doe", "Straße,strasse"})
        void itIsKeptAsItWasGivenAsFarAsThatMakesItOne(String given, String kept) {
            assertThat(new Username(given).value()).isEqualTo(kept);
        }
    }

    @Nested
    @DisplayName("It has 1 to 128 characters that can be seen")
    class Characters {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "j",
                    "*",
                    "a)(uid=*",
                    "jane.doe+otp@example.com",
                    "O'Neil, Jane",
                    "#1",
                    "\\",
                    "日本",
                    "\ud83d\udd11"
                })
        void these(String text) {
            assertThat(Username.isUsername(text)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "   ",
                    "\u00a0",
                    "j\tdoe",
                    "jdoe\n",
                    "j\0doe",
                    "j\u00addoe",
                    "j\u200bdoe",
                    "jdoe\u202e",
                    "\ufeffjdoe",
                    "jdoe\ufe0f",
                    "j\u034fdoe",
                    "\u3164",
                    "j\u2028doe",
                    "\ud800",
                    "\ue000",
                    "\uffff"
                })
        void notThese(String text) {
            assertThat(Username.isUsername(text)).isFalse();
        }

        @Test
        void countedAsItIsKept() {
            assertThat(Username.isUsername("a".repeat(128))).isTrue();
            assertThat(Username.isUsername("a".repeat(129))).isFalse();
            assertThat(Username.isUsername(" ".repeat(50) + "a".repeat(128))).isTrue();
            assertThat(Username.isUsername("\ud83d\udd11".repeat(128))).isTrue();
            assertThat(Username.isUsername("\ufdfa".repeat(8)))
                    .as("18 letters each")
                    .isFalse();
        }
    }
}
