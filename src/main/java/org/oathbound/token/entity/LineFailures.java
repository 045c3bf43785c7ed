package org.oathbound.token.entity;

import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Failures of a token that typed lines of one person have counted: password and code in one line, which do not say of which
 * device the code is. When a line of hers is right with another device, they are taken back here; {@value #MAX_TAKEN_BACK}
 * at most until a code of this token is accepted, so that nobody who knows her password guesses for ever.
 *
 * @param counted of those that count now
 * @param takenBack since the token's last success
 */
public record LineFailures(UUID person, int counted, int takenBack) {

    static final int MAX_TAKEN_BACK = 20;

    private int less() {
        return Math.min(counted, MAX_TAKEN_BACK - takenBack);
    }

    static List<LineFailures> counted(List<LineFailures> lines, UUID person) {
        boolean isKnown = lines.stream().anyMatch(line -> line.person.equals(person));
        List<LineFailures> all = isKnown
                ? lines
                : Stream.concat(lines.stream(), Stream.of(new LineFailures(person, 0, 0)))
                        .toList();
        return with(all, person, line -> new LineFailures(person, line.counted + 1, line.takenBack));
    }

    static int toTakeBack(List<LineFailures> lines, UUID person) {
        return lines.stream()
                .filter(line -> line.person.equals(person))
                .mapToInt(LineFailures::less)
                .sum();
    }

    static List<LineFailures> takenBack(List<LineFailures> lines, UUID person) {
        return with(
                lines,
                person,
                line -> new LineFailures(person, line.counted - line.less(), line.takenBack + line.less()));
    }

    /** When nothing counts any more, whoever counted it. */
    static List<LineFailures> settled(List<LineFailures> lines) {
        return lines.stream()
                .filter(line -> line.takenBack > 0)
                .map(line -> new LineFailures(line.person, 0, line.takenBack))
                .toList();
    }

    private static List<LineFailures> with(List<LineFailures> lines, UUID person, UnaryOperator<LineFailures> change) {
        return lines.stream()
                .map(line -> line.person.equals(person) ? change.apply(line) : line)
                .toList();
    }
}
