package org.oathbound.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the audit: lines that meet all the conditions.
 *
 * @param conditions of each set a line has to meet one
 * @param from lines of that moment and later; null for the oldest
 * @param until lines before that moment; null for the newest
 * @param before lines with a smaller number
 */
public record AuditQuestion(
        List<Set<Condition>> conditions,
        @Nullable Instant from,
        @Nullable Instant until,
        long before) {

    public AuditQuestion {
        conditions = List.copyOf(conditions);
    }

    /** The member of a line that has to have this value; null for a line that has no such member. */
    public record Condition(Member member, @Nullable String value) {}

    /** The members by which a line can be asked for, as they are called in it. */
    public enum Member {
        ENVIRONMENT("environment"),
        ACTOR("actor"),
        ACTION("action"),
        OBJECT("object"),
        OUTCOME("outcome"),
        PERSON("person"),
        DEVICE("device"),
        TOKEN("token"),
        TICKET("ticket"),
        CORRELATION_ID("correlationId");

        private final String text;

        Member(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Lines of an environment; where that is the first one, those that belong to none, too. */
    public static Set<Condition> in(UUID environment, boolean first) {
        Condition its = new Condition(Member.ENVIRONMENT, environment.toString());
        return first ? Set.of(its, new Condition(Member.ENVIRONMENT, null)) : Set.of(its);
    }
}
