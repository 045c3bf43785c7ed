package org.oathbound.person.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.person.entity.Enrolment;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;

/** Lets a person in without a code for a while, where the environment allows that. */
@ApplicationScoped
public class Bypass {

    /** The name of the time at the interfaces. */
    public static final String TARGET = "bypassMFAEnabledUntil";

    private static final Duration LONGEST = Duration.ofHours(24);

    private final Enrolments enrolments;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    Bypass(Enrolments enrolments, CurrentSettings settings, Clock clock) {
        this.enrolments = enrolments;
        this.settings = settings;
        this.clock = clock;
    }

    /** Until when no code is asked for; empty when one is. */
    public Optional<Instant> until(Environment environment, Enrolment enrolment) {
        return Optional.ofNullable(enrolment.bypassUntil())
                .filter(until -> until.isAfter(clock.instant()))
                .filter(until -> settings.of(environment).oath().bypassMfa());
    }

    /**
     * Sets until when no code is asked for.
     *
     * @param until null or past ends it, whatever the environment allows
     * @throws Problem.InvalidData when it is too far ahead
     * @throws Problem.RequestFailed when the environment does not allow it
     */
    public Enrolment set(Environment environment, UUID person, @Nullable Instant until) {
        Instant now = clock.instant();
        if (until == null || !until.isAfter(now)) {
            return enrolments.change(environment, person, enrolment -> enrolment.withBypassUntil(null));
        }
        if (until.isAfter(now.plus(LONGEST))) {
            throw new Problem.InvalidData(
                    new Detail(DetailCode.OUT_OF_RANGE, TARGET, "The time must be at most 24 hours ahead."));
        }
        if (!settings.of(environment).oath().bypassMfa()) {
            throw new Problem.RequestFailed(new Detail(
                    DetailCode.CONSTRAINT_VIOLATION,
                    TARGET,
                    "The environment does not let anybody in without a code: bypassMfa in its oathSettings is false."));
        }
        Instant stored = until.truncatedTo(ChronoUnit.MILLIS);
        return enrolments.change(environment, person, enrolment -> enrolment.withBypassUntil(stored));
    }
}
