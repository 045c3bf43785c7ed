package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.OathSettings;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.AppSecret;
import org.oathbound.token.entity.Existing;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.RequestedToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;
import org.oathbound.token.entity.TokenRules;

/** A row that creates a token, and pairs it where a file says with whom. */
@Dependent
final class CreateToken implements RowWork {

    private static final String USERNAME = "username";

    private final CreationSteps steps;
    private final Tokens tokens;
    private final Persons persons;
    private final RefuseRoleHolders roles;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    CreateToken(
            Execution steps,
            Tokens tokens,
            Persons persons,
            RefuseRoleHolders roles,
            CurrentSettings settings,
            Clock clock) {
        this((CreationSteps) steps, tokens, persons, roles, settings, clock);
    }

    private CreateToken(
            CreationSteps steps,
            Tokens tokens,
            Persons persons,
            RefuseRoleHolders roles,
            CurrentSettings settings,
            Clock clock) {
        this.steps = steps;
        this.tokens = tokens;
        this.persons = persons;
        this.roles = roles;
        this.settings = settings;
        this.clock = clock;
    }

    /** The same work, rehearsed. */
    CreateToken in(PreviewSteps rehearsal) {
        return new CreateToken(rehearsal, tokens, persons, roles, settings, clock);
    }

    @Override
    public void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
        KeptRow kept = options.columns() == null
                ? KeptRow.ofDocument(row, origin.ordinal() + 1)
                : KeptRow.ofFile(row.asJsonObject());
        totals.row(kept.number(), kept.cells());
        RequestedToken request = kept.token();
        Owner owner = kept.owner();
        if (request == null) {
            kept.faults().forEach(fault -> totals.faulty(kept.serialNumber(), fault));
            return;
        }
        try {
            if (owner != null && isApp(request)) {
                createApp(environment, options, origin, request, owner, totals);
            } else {
                createFob(environment, options, origin, kept, request, totals);
            }
        } catch (Problem.InvalidData | Problem.RequestFailed | Problem.NotFound refused) {
            SerialNumber serialNumber = SerialNumber.read(request.serialNumber(), true, new Faults());
            if (serialNumber != null
                    && tokens.isMarkedBy(environment, TokenId.of(environment.id(), serialNumber), origin)) {
                // The row was in order before, when the environment was set otherwise.
                totals.created(Outcome.CREATE, serialNumber.value());
            } else {
                totals.refused(kept.serialNumber(), refused);
            }
        }
    }

    /** One whose serial number could not be read is none. */
    private static boolean isApp(RequestedToken request) {
        return request.serialNumber() == null
                && request.unread().stream().noneMatch(fault -> "serialNumber".equals(fault.target()));
    }

    private void createFob(
            Environment environment,
            Job.Options options,
            JobRow origin,
            KeptRow kept,
            RequestedToken request,
            ChunkTotals totals) {
        NewToken token = TokenRules.check(
                request,
                settings.of(environment).oath(),
                options.minimumSecretBits(),
                kept.isMoved() ? clock.instant() : null,
                kept.owner() != null);
        String serialNumber = token.serialNumber().value();
        Optional<Existing> existing = steps.create(environment, token, origin);
        if (existing.isPresent()) {
            totals.duplicate(serialNumber, token.maskedSecret(), existing.get());
            return;
        }
        if (options.preview()) {
            totals.planned(tokens.fingerprint(token.secret()));
        }
        if (kept.isNamedOtherwise(token.serialNumber())) {
            totals.note("The token's serial number is " + serialNumber + ", for what the file calls it can't be one.");
        }
        totals.validity(token.validity(), clock.instant());
        if (token.secretBits() < TokenRules.MINIMUM_SECRET_BITS) {
            totals.shortSecret(serialNumber, token.secretBits());
        }
        Owner owner = kept.owner();
        if (owner == null) {
            totals.created(Outcome.CREATE, serialNumber);
            return;
        }
        try {
            token.validity().requireNotOver(clock.instant());
            steps.pair(
                    environment,
                    person(environment, owner),
                    device(new NewDevice.Fob(token.serialNumber()), owner),
                    origin);
            totals.created(Outcome.CREATE_AND_PAIR, serialNumber);
        } catch (Problem.InvalidData | Problem.RequestFailed | Problem.NotFound refused) {
            if (options.allOrNothing() && steps instanceof PreviewSteps) {
                throw refused;
            }
            totals.createdWithoutPairing(serialNumber, refused);
        }
    }

    private void createApp(
            Environment environment,
            Job.Options options,
            JobRow origin,
            RequestedToken request,
            Owner owner,
            ChunkTotals totals) {
        OathSettings oath = settings.of(environment).oath();
        AppSecret app = TokenRules.checkMovedApp(request, oath, options.minimumSecretBits(), clock.instant());
        steps.pair(environment, person(environment, owner), device(new NewDevice.App(app), owner), origin);
        if (options.preview()) {
            totals.planned(tokens.fingerprint(app.secret()));
        }
        totals.created(Outcome.CREATE_AND_PAIR, null);
    }

    private UUID person(Environment environment, Owner owner) {
        UUID person = persons.named(environment, owner.username())
                .map(Person::id)
                .orElseThrow(
                        () -> new Problem.InvalidData(DetailCode.INVALID_VALUE, USERNAME, "There is no such user."));
        roles.person(environment, person, USERNAME).ifPresent(fault -> {
            throw new Problem.InvalidData(fault);
        });
        return person;
    }

    private static NewDevice device(NewDevice.Kind kind, Owner owner) {
        Device.Status status = owner.status() == Owner.Status.ACTIVATION_REQUIRED
                ? Device.Status.ACTIVATION_REQUIRED
                : Device.Status.ACTIVE;
        return new NewDevice(kind, status, owner.status() == Owner.Status.BLOCKED, null, null);
    }
}
