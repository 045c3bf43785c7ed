package org.oathbound.directory;

import java.util.function.Consumer;
import org.oathbound.directory.SteppedDirectory.Step;

/** The end of a process, as far as a thread can meet one: from some step on, whatever it does with the directory fails. */
public final class Killed extends RuntimeException {

    private Killed() {
        super("killed");
    }

    /** Lets so many writes be made, and reads before them; nothing after. For one thread. */
    public static Consumer<Step> afterWrites(int writes) {
        return after(writes, Step.WRITE);
    }

    /** Lets so many calls be made, and nothing after. For one thread. */
    public static Consumer<Step> afterCalls(int calls) {
        return after(calls, null);
    }

    private static Consumer<Step> after(int steps, @org.jspecify.annotations.Nullable Step counted) {
        int[] left = {steps};
        return step -> {
            if (left[0] >= 0 && (counted == null || step == counted)) {
                left[0]--;
            }
            if (left[0] < 0) {
                throw new Killed();
            }
        };
    }
}
