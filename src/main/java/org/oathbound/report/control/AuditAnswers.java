package org.oathbound.report.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.oathbound.application.control.Applications;
import org.oathbound.audit.AuditQuestion;
import org.oathbound.audit.AuditRecord;
import org.oathbound.audit.AuditSearch;
import org.oathbound.environment.Environment;
import org.oathbound.person.control.Persons;
import org.oathbound.problem.Problem;
import org.oathbound.problem.Texts;
import org.oathbound.report.control.ReportLine.AuditEntry;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.TokenId;

/** Answers questions about the audit. Its lines have ids only; the names are those of now. */
@ApplicationScoped
public class AuditAnswers {

    private final AuditSearch search;
    private final Persons persons;
    private final Tokens tokens;
    private final Applications applications;

    @Inject
    public AuditAnswers(AuditSearch search, Persons persons, Tokens tokens, Applications applications) {
        this.search = search;
        this.persons = persons;
        this.tokens = tokens;
        this.applications = applications;
    }

    /** Passes on the newest lines that are asked for, so many at most, the newest first. */
    public void answer(Environment environment, AuditQuestion question, int limit, Consumer<ReportLine> lines) {
        Names names = new Names(environment);
        int[] left = {limit};
        search.search(question, line -> {
            lines.accept(names.entry(line));
            left[0]--;
            return left[0] > 0;
        });
    }

    /** What the ids of one environment's lines are called; each is read once. */
    private final class Names {

        private final Environment environment;
        private final Map<String, Optional<String>> known = new HashMap<>();

        Names(Environment environment) {
            this.environment = environment;
        }

        AuditEntry entry(AuditRecord line) {
            String object = line.member("object");
            String person = line.member("person");
            String token = line.member("token");
            return new AuditEntry(
                    line.time(),
                    line.sequence(),
                    line.member("actor"),
                    actor(line.member("actor")),
                    line.member("action"),
                    object,
                    object(line.member("action"), object),
                    line.member("outcome"),
                    line.member("reason"),
                    person,
                    named("person:", person, this::username),
                    line.member("device"),
                    token,
                    named("token:", token, this::serialNumber),
                    line.member("ticket"),
                    line.member("breakGlass"),
                    line.member("address"),
                    line.member("correlationId"));
        }

        private @Nullable String actor(@Nullable String actor) {
            if (actor == null) {
                return null;
            }
            String id = actor.substring(actor.indexOf(':') + 1);
            return actor.startsWith("person:")
                    ? named("person:", id, this::username)
                    : actor.startsWith("application:") ? named("application:", id, this::application) : null;
        }

        private @Nullable String object(@Nullable String action, @Nullable String object) {
            if (action == null) {
                return null;
            }
            String kind = action.substring(0, Math.max(0, action.indexOf('.')));
            return switch (kind) {
                case "oathToken" -> named("token:", object, this::serialNumber);
                case "user" -> named("person:", object, this::username);
                case "application" -> named("application:", object, this::application);
                default -> null;
            };
        }

        private @Nullable String named(String kind, @Nullable String id, Function<UUID, Optional<String>> name) {
            return id == null
                    ? null
                    : known.computeIfAbsent(kind + id, key -> Texts.uuid(id).flatMap(uuid -> readable(uuid, name)))
                            .orElse(null);
        }

        private static Optional<String> readable(UUID id, Function<UUID, Optional<String>> name) {
            try {
                return name.apply(id);
            } catch (Problem.Corrupt e) {
                return Optional.empty();
            }
        }

        private Optional<String> username(UUID id) {
            return persons.find(environment, id).map(person -> person.username().value());
        }

        private Optional<String> serialNumber(UUID id) {
            return tokens.findAny(environment, new TokenId(id))
                    .map(token -> token.metadata().serialNumber().value());
        }

        private Optional<String> application(UUID id) {
            return applications.find(environment, id).map(application -> application.name());
        }
    }
}
