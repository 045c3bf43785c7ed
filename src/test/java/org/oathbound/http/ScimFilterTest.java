package org.oathbound.http;

import static com.unboundid.scim2.common.filters.FilterType.EQUAL;
import static com.unboundid.scim2.common.filters.FilterType.STARTS_WITH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oathbound.http.ScimFilter.Comparison;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

@DisplayName("Lists are filtered by the part of SCIM that they support")
class ScimFilterTest {

    static final ScimFilter FILTER = new ScimFilter(
            Map.of("serialNumber", Set.of(EQUAL, STARTS_WITH), "status", Set.of(EQUAL), "paired", Set.of(EQUAL)),
            "paired");

    @Test
    void noFilterComparesNothing() {
        assertThat(FILTER.parse(null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serialNumber eq \"2333734700388\"",
                "(serialNumber eq \"2333734700388\")",
                "((SERIALNUMBER EQ \"2333734700388\"))",
            })
    void readsOneComparison(String filter) {
        assertThat(FILTER.parse(filter)).containsExactly(new Comparison("serialNumber", EQUAL, "2333734700388"));
    }

    @Test
    void readsATruthValueWhereOneIsCompared() {
        assertThat(FILTER.parse("paired eq true")).containsExactly(new Comparison("paired", EQUAL, "true"));
    }

    @Test
    void readsComparisonsJoinedByAnd() {
        assertThat(FILTER.parse("(status eq \"ACTIVE\" and serialNumber sw \"23\") and serialNumber eq \"a\\\"b\""))
                .containsExactly(
                        new Comparison("status", EQUAL, "ACTIVE"),
                        new Comparison("serialNumber", STARTS_WITH, "23"),
                        new Comparison("serialNumber", EQUAL, "a\"b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "serialNumber",
                "serialNumber pr",
                "serialNumber eq",
                "serialNumber eq 5",
                "serialNumber eq true",
                "paired eq \"true\"",
                "paired eq 1",
                "serialNumber eq null",
                "serialNumber eq {\"a\":1}",
                "serialNumber eq \"a",
                "serialNumber co \"a\"",
                "status sw \"A\"",
                "secret eq \"a\"",
                "serialNumber.x eq \"a\"",
                "serialNumber eq \"a\" or status eq \"b\"",
                "not (serialNumber eq \"a\")",
                "serialNumber[x eq \"a\"]",
                "status eq \"b\" and not (serialNumber eq \"a\")",
                "(serialNumber eq \"a\"",
                "serialNumber eq \"a\")",
                "serialNumber eq \"a\" and",
                "(objectClass=*)",
                "\u0000",
            })
    void refusesAnythingElseAndSaysWhatIsSupported(String filter) {
        assertThatThrownBy(() -> FILTER.parse(filter))
                .asInstanceOf(type(Problem.InvalidRequest.class))
                .satisfies(problem -> {
                    Detail detail = problem.details().get(0);
                    assertThat(detail.code()).isEqualTo(DetailCode.INVALID_FILTER);
                    assertThat(detail.target()).isEqualTo("filter");
                    assertThat(detail.innerError())
                            .containsEntry("supportedAttributes", List.of("paired", "serialNumber", "status"))
                            .containsEntry("supportedOperators", List.of("eq", "sw"));
                });
    }

    @Test
    void isBoundedInLengthAndDepth() {
        String comparison = "status eq \"b\"";
        String deep = comparison;
        for (int level = 0; level < 20; level++) {
            deep = "status eq \"a\" and (" + deep + ")";
        }
        for (String filter : List.of(
                "status eq \"" + "b".repeat(1_000) + "\"", "(".repeat(400) + comparison, deep, "(".repeat(1_000_000))) {
            assertThatThrownBy(() -> FILTER.parse(filter)).isInstanceOf(Problem.InvalidRequest.class);
        }
    }
}
