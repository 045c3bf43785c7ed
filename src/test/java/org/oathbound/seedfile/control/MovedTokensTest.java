package org.oathbound.seedfile.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Hints;
import org.oathbound.seedfile.entity.Owner;

class MovedTokensTest {

    private static final String HEADER = "serial,username,counter,drift,status\n";
    private static final String KEY = "3132333435363738393031323334353637383930";

    @Nested
    @DisplayName("A token of the seed file gets what it had where it was in use")
    class Joined {

        @Test
        void counterAndOwner() {
            Rows rows = moved("H1,jane,42,,ACTIVE\n", "h1 ," + KEY + ",hotp,6");
            assertThat(rows.token().getJsonObject("hotp").getInt("counter")).isEqualTo(42);
            assertThat(rows.token().getString("secret")).isEqualTo(KEY);
            assertThat(rows.only().owner()).isEqualTo(new Owner("jane", Owner.Status.ACTIVE));
            assertThat(rows.columns).startsWith("serial", "key");
        }

        @ParameterizedTest
        @CsvSource({"-3,-3", "60,60", "'',0"})
        void driftEvenWhenItIsZero(String told, int drift) {
            Rows rows = moved("t1,jane,," + told + ",blocked\n", "T1," + KEY + ",totp,6,60");
            assertThat(rows.token().getJsonObject("totp").getInt("drift")).isEqualTo(drift);
            assertThat(rows.token().getJsonObject("totp").getInt("timeStep")).isEqualTo(60);
            assertThat(rows.only().owner()).isEqualTo(new Owner("jane", Owner.Status.BLOCKED));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '$', textBlock = """
                '=x       | =x
                '+4912345 | +4912345
                ''@x      | '@x
                't Hooft  | 't Hooft
                -5        | -5
                =x        | =x
                """)
        void aUserNameThatASpreadsheetWouldTakeForAFormula(String cell, String username) {
            Rows rows = moved("H1," + cell + ",7,,ACTIVE\n", "H1," + KEY + ",hotp,6");
            assertThat(rows.only().owner()).isEqualTo(new Owner(username, Owner.Status.ACTIVE));
        }

        @Test
        void withoutAUserItIsInStock() {
            Rows rows = moved("H1,,7,,\n", "H1," + KEY + ",hotp,6");
            assertThat(rows.only().owner()).isNull();
            assertThat(rows.token().getJsonObject("hotp").getInt("counter")).isEqualTo(7);
        }

        @Test
        void withoutAStateItStaysAsItIs() {
            Rows rows = moved("H9,jane,7,,ACTIVE\n", "H1," + KEY + ",hotp,6,3");
            assertThat(rows.token().getJsonObject("hotp").getInt("counter")).isEqualTo(3);
            assertThat(rows.all.get(0).owner()).isNull();
        }

        @ParameterizedTest
        @CsvSource({"5,,totp,hotp.counter", ",2,hotp,totp.drift", ",,hotp,hotp.counter"})
        void whatDoesNotFitItsTypeIsAFault(String counter, String drift, String type, String target) {
            String state = "X1,jane," + (counter == null ? "" : counter) + "," + (drift == null ? "" : drift);
            Rows rows = moved(state + ",ACTIVE\n", "X1," + KEY + "," + type + ",6,30");
            assertThat(rows.targets()).containsExactly(target);
            assertThat(rows.faults()).contains("Line 2 ");
        }

        @Test
        void whatIsZeroFitsAnyType() {
            Rows rows = moved("H1,,7,0,\nT1,,0,1,\n", "H1," + KEY + ",hotp,6\nT1," + KEY + ",totp,6,30");
            assertThat(rows.good()).containsExactly(1, 2);
        }
    }

    @Nested
    @DisplayName("A state whose token is not in the seed file is a faulty row")
    class Missing {

        @Test
        void withTheNumberOfItsLine() {
            Rows rows = moved("# ours\nH1,,7,,\nH2,jane,8,,ACTIVE\nH3,joe,9,,ACTIVE\n", "H2," + KEY + ",hotp,6");
            assertThat(rows.numbers()).containsExactly(1, 3, 5);
            assertThat(Rows.faults(rows.all.get(1))).contains("line 3 ", "not in the seed file");
            assertThat(rows.all.get(2).cells()).containsExactly("H3");
        }

        @Test
        void butNotWhenItsRowIsThereAndFaulty() {
            Rows rows = moved("H1,jane,7,,ACTIVE\n", "H1,0ops,hotp,6");
            assertThat(rows.targets()).containsExactly("secret");
        }

        @Test
        void andWhatIsWrongInBothIsSaidAtOnce() {
            Rows rows = moved("H1,jane,,,ACTIVE\n", "H1,0ops,hotp,6");
            assertThat(rows.targets()).containsExactly("secret", "hotp.counter");
        }
    }

    @Nested
    @DisplayName("A malformed file of states is refused as a whole, naming line and column")
    class Malformed {

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                H1,jane,-1,,ACTIVE  | counter
                H1,jane,1e3,,ACTIVE | counter
                H1,jane,x,,ACTIVE   | counter
                H1,jane,9999999999999999,,ACTIVE | counter
                T1,jane,,1000001,ACTIVE  | drift
                T1,jane,,-1000001,ACTIVE | drift
                T1,jane,,0.5,ACTIVE | drift
                H1,jane,1,,LOCKED   | status
                H1,jane,1,,         | status
                H1,,1,,ACTIVE       | status
                ,jane,1,,ACTIVE     | serial
                h0,jane,1,,ACTIVE   | serial
                H1,jane,1,,ACTIVE,x | serial
                H1,"ja"ne,1,,ACTIVE | serial
                """)
        void whateverIsWrong(String line, String column) {
            assertThatThrownBy(() -> states(HEADER + "H0,,1,,\n" + line))
                    .isInstanceOfSatisfying(Problem.InvalidData.class, problem -> {
                        assertThat(problem.details().get(0).target()).isEqualTo(column);
                        assertThat(problem.details().get(0).message()).contains("Line 3, column " + column);
                    });
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "serial,username,counter,drift\n", "H1,jane,1,,ACTIVE\n"})
        void aMissingHeader(String text) {
            assertThatThrownBy(() -> states(text))
                    .isInstanceOf(Problem.InvalidRequest.class)
                    .hasMessageContaining("header");
        }

        @Test
        void aCellThatIsTooLong() {
            assertThatThrownBy(() -> states(HEADER + "H1," + "x".repeat(257) + ",1,,ACTIVE"))
                    .isInstanceOf(Problem.InvalidData.class);
        }

        @Test
        void moreRowsThanMayBeHeld() {
            String most = IntStream.rangeClosed(1, MovedStates.MAX_ROWS)
                    .mapToObj(i -> "S" + i + ",,1,,\n")
                    .collect(Collectors.joining());
            assertThat(states(HEADER + most).all()).hasSize(MovedStates.MAX_ROWS);
            assertThatThrownBy(() -> states(HEADER + most + "one,,,,"))
                    .isInstanceOf(Problem.InvalidData.class)
                    .hasMessageContaining("more than");
        }
    }

    private static Rows moved(String states, String seeds) {
        Rows rows = new Rows();
        MovedTokens moved = new MovedTokens(states(HEADER + states), rows);
        new OathCsv(Hints.NONE).read(new ByteArrayInputStream(seeds.getBytes(StandardCharsets.UTF_8)), moved);
        moved.finish();
        return rows;
    }

    private static MovedStates states(String text) {
        return MovedStates.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
