package org.oathbound.report.boundary;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.oathbound.audit.AuditQuestion;
import org.oathbound.audit.AuditQuestion.Condition;
import org.oathbound.audit.AuditQuestion.Member;
import org.oathbound.environment.Environment;
import org.oathbound.http.Paging;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;

/** The query parameters of a question about the audit; {@link Problem.InvalidRequest} for one that is not understood. */
public class AuditParameters {

    private static final int USUAL = 100;
    private static final int MAX = 1_000_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    @QueryParam("person")
    private @Nullable String person;

    @QueryParam("token")
    private @Nullable String token;

    @QueryParam("actor")
    private @Nullable String actor;

    @QueryParam("action")
    private @Nullable String action;

    @QueryParam("outcome")
    private @Nullable String outcome;

    @QueryParam("ticket")
    private @Nullable String ticket;

    @QueryParam("correlationId")
    private @Nullable String correlationId;

    @QueryParam("from")
    private @Nullable String from;

    @QueryParam("until")
    private @Nullable String until;

    @QueryParam("before")
    private @Nullable String before;

    @QueryParam("limit")
    private @Nullable String limit;

    int limit() {
        return Paging.of(limit, null, USUAL, MAX).limit();
    }

    AuditQuestion question(Environment environment) {
        List<Set<Condition>> conditions = new ArrayList<>();
        conditions.add(AuditQuestion.in(environment.id(), environment.isDefault()));
        if (person != null) {
            String id = id("person", person);
            conditions.add(Set.of(
                    new Condition(Member.PERSON, id),
                    new Condition(Member.OBJECT, id),
                    new Condition(Member.ACTOR, "person:" + id)));
        }
        if (token != null) {
            String id = id("token", token);
            conditions.add(Set.of(new Condition(Member.TOKEN, id), new Condition(Member.OBJECT, id)));
        }
        add(conditions, Member.ACTOR, actor);
        add(conditions, Member.ACTION, action);
        add(conditions, Member.OUTCOME, outcome);
        add(conditions, Member.TICKET, ticket);
        add(conditions, Member.CORRELATION_ID, correlationId);
        return new AuditQuestion(conditions, time("from", from), time("until", until), before());
    }

    private static void add(List<Set<Condition>> conditions, Member member, @Nullable String value) {
        if (value != null) {
            conditions.add(Set.of(new Condition(member, value)));
        }
    }

    private static String id(String name, String sent) {
        return Texts.uuid(sent).orElseThrow(() -> Paging.invalid(name)).toString();
    }

    private static @Nullable Instant time(String name, @Nullable String sent) {
        try {
            return sent == null ? null : Instant.parse(sent);
        } catch (DateTimeParseException e) {
            throw Paging.invalid(name);
        }
    }

    private long before() {
        if (before == null) {
            return Long.MAX_VALUE;
        } else if (!NUMBER.matcher(before).matches()) {
            throw Paging.invalid("before");
        }
        return Long.parseLong(before);
    }
}
