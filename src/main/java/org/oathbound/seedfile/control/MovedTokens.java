package org.oathbound.seedfile.control;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.seedfile.entity.SeedToken;

/**
 * Gives the tokens of a seed file the counter, the drift and the owner that they had where they were in use. One of which
 * no state is told stays in stock; a state whose token is not in the seed file is passed on as a faulty row.
 */
public final class MovedTokens implements SeedRows {

    private final MovedStates states;
    private final SeedRows rows;
    private final Set<MovedState> seen = new HashSet<>();

    /** @param rows what the rows are passed on to */
    public MovedTokens(MovedStates states, SeedRows rows) {
        this.states = states;
        this.rows = rows;
    }

    @Override
    public void columns(List<String> names) {
        rows.columns(names);
    }

    @Override
    public void row(SeedRow row) {
        SeedToken token = row.token();
        String serialNumber = token == null ? null : token.serialNumber();
        if (token == null || serialNumber == null) {
            // The row does not say for sure which token it is, but a token that it names is not reported as missing as
            // well.
            Stream.concat(row.cells().stream(), Stream.ofNullable(row.serialNumber()))
                    .map(states::of)
                    .forEach(this::markSeen);
            rows.row(row);
            return;
        }
        MovedState state = states.of(serialNumber);
        markSeen(state);
        rows.row(state == null || token.type() == null ? row : moved(row, token, state));
    }

    /** Behind the last row. */
    public void finish() {
        for (MovedState state : states.all()) {
            if (!seen.contains(state)) {
                Detail fault = new Detail(
                        DetailCode.INVALID_VALUE,
                        "serialNumber",
                        "The token stands in line " + state.line()
                                + " of the file of states and not in the seed file.");
                List<String> cells = Cells.shown(List.of(state.serialNumber()), "");
                rows.row(new SeedRow(state.line(), cells.get(0), cells, null, null, List.of(fault)));
            }
        }
    }

    private void markSeen(@Nullable MovedState state) {
        if (state != null) {
            seen.add(state);
        }
    }

    private static SeedRow moved(SeedRow row, SeedToken token, MovedState state) {
        boolean isHotp = "HOTP".equals(token.type());
        long counter = state.counter() == null ? 0 : state.counter();
        int drift = state.drift() == null ? 0 : state.drift();
        if (isHotp ? drift != 0 : counter != 0) {
            String other = isHotp ? "totp.drift" : "hotp.counter";
            return faulty(row, state, other, "says " + other + ", and the seed file that it is no such token");
        }
        if (isHotp && state.counter() == null && state.owner() != null) {
            return faulty(row, state, "hotp.counter", "does not say the counter; codes would be accepted again");
        }
        // The drift is told even when it is 0: codes up to the move may have been used.
        SeedToken changed = isHotp
                ? token.moved(state.counter() == null ? token.counter() : state.counter(), null)
                : token.moved(null, (long) drift);
        return new SeedRow(row.number(), row.serialNumber(), row.cells(), changed, state.owner(), row.faults());
    }

    private static SeedRow faulty(SeedRow row, MovedState state, String target, String what) {
        String message = "Line " + state.line() + " of the file of states " + what + ".";
        Detail fault = new Detail(DetailCode.CONSTRAINT_VIOLATION, target, message);
        List<Detail> faults =
                Stream.concat(row.faults().stream(), Stream.of(fault)).toList();
        return new SeedRow(row.number(), row.serialNumber(), row.cells(), row.token(), state.owner(), faults);
    }
}
