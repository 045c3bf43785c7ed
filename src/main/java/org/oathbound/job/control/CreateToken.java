package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.oathbound.device.entity.Device;
import org.oathbound.device.entity.NewDevice;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.OathSettings;
import org.oathbound.http.JsonFields;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport.Outcome;
import org.oathbound.person.control.Persons;
import org.oathbound.person.entity.Person;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Faults;
import org.oathbound.problem.Problem;
import org.oathbound.seedfile.control.SeedRow;
import org.oathbound.seedfile.entity.Owner;
import org.oathbound.token.control.TokenDocument;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.AppSecret;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

/** A row that creates a token, and pairs it where a file says with whom. */
@Dependent
final class CreateToken implements RowWork {

    private static final String SERIAL_NUMBER = "serialNumber";

    private final CreationSteps steps;
    private final Tokens tokens;
    private final Persons persons;
    private final CurrentSettings settings;
    private final Clock clock;

    @Inject
    CreateToken(Execution steps, Tokens tokens, Persons persons, CurrentSettings settings, Clock clock) {
        this((CreationSteps) steps, tokens, persons, settings, clock);
    }

    private CreateToken(CreationSteps steps, Tokens tokens, Persons persons, CurrentSettings settings, Clock clock) {
        this.steps = steps;
        this.tokens = tokens;
        this.persons = persons;
        this.settings = settings;
        this.clock = clock;
    }

    /** The same work, rehearsed. */
    CreateToken in(PreviewSteps rehearsal) {
        return new CreateToken(rehearsal, tokens, persons, settings, clock);
    }

    @Override
    public void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
        SeedRow seed = options.columns() == null ? ofJson(row, origin.ordinal() + 1) : KeptRow.read(row.asJsonObject());
        totals.row(seed.number(), seed.cells());
        JsonObject document = seed.token();
        if (document == null) {
            seed.faults().forEach(fault -> totals.faulty(seed.serialNumber(), fault));
            return;
        }
        try {
            if (seed.owner() != null && !document.containsKey(SERIAL_NUMBER)) {
                createApp(environment, options, origin, document, seed.owner(), totals);
            } else {
                createFob(environment, options, origin, seed, document, totals);
            }
        } catch (Problem.InvalidData | Problem.RequestFailed | Problem.NotFound refused) {
            if (isDone(environment, document, origin)) {
                totals.created(Outcome.CREATE, ChunkTotals.serialNumber(document));
            } else {
                totals.refused(seed.serialNumber(), refused);
            }
        }
    }

    private static SeedRow ofJson(JsonValue row, int place) {
        if (!(row instanceof JsonObject document)) {
            Detail fault = new Detail(DetailCode.INVALID_VALUE, null, "Each of the tokens must be an object.");
            return new SeedRow(place, null, List.of(""), null, null, List.of(fault));
        }
        Integer given = TokenDocument.rowNumber(document);
        String serialNumber = ChunkTotals.serialNumber(document);
        return new SeedRow(
                given == null ? place : given,
                serialNumber,
                List.of(serialNumber == null ? "" : serialNumber),
                document,
                null,
                List.of());
    }

    /** Whether this row was in order before, when the environment was set otherwise. */
    private boolean isDone(Environment environment, JsonObject document, JobRow origin) {
        SerialNumber serialNumber = TokenDocument.serialNumber(new JsonFields(document, new Faults()));
        return serialNumber != null
                && tokens.isMarkedBy(environment, TokenId.of(environment.id(), serialNumber), origin);
    }

    private void createFob(
            Environment environment,
            Job.Options options,
            JobRow origin,
            SeedRow seed,
            JsonObject document,
            ChunkTotals totals) {
        OathSettings oath = settings.of(environment).oath();
        boolean moved = seed.owner() != null || hasDrift(document);
        NewToken token = moved
                ? TokenDocument.readMoved(document, oath, options.minimumSecretBits(), clock.instant())
                : TokenDocument.read(document, oath, options.minimumSecretBits());
        String serialNumber = token.serialNumber().value();
        if (!steps.create(environment, token, origin)) {
            totals.duplicate(serialNumber, token.maskedSecret());
            return;
        }
        if (token.secretBits() < TokenDocument.MINIMUM_SECRET_BITS) {
            totals.shortSecret(serialNumber, token.secretBits());
        }
        Owner owner = seed.owner();
        if (owner == null) {
            totals.created(Outcome.CREATE, serialNumber);
            return;
        }
        try {
            steps.pair(
                    environment,
                    person(environment, owner),
                    device(new NewDevice.Fob(token.serialNumber()), owner),
                    origin);
            totals.created(Outcome.CREATE_AND_PAIR, serialNumber);
        } catch (Problem.InvalidData | Problem.RequestFailed | Problem.NotFound refused) {
            totals.createdWithoutPairing(serialNumber, refused);
        }
    }

    private void createApp(
            Environment environment,
            Job.Options options,
            JobRow origin,
            JsonObject document,
            Owner owner,
            ChunkTotals totals) {
        OathSettings oath = settings.of(environment).oath();
        AppSecret app = TokenDocument.readMovedApp(document, oath, options.minimumSecretBits(), clock.instant());
        steps.pair(environment, person(environment, owner), device(new NewDevice.App(app), owner), origin);
        totals.created(Outcome.CREATE_AND_PAIR, null);
    }

    private UUID person(Environment environment, Owner owner) {
        return persons.named(environment, owner.username())
                .map(Person::id)
                .orElseThrow(() -> new Problem.InvalidData(
                        new Detail(DetailCode.INVALID_VALUE, "username", "There is no such user.")));
    }

    private static NewDevice device(NewDevice.Kind kind, Owner owner) {
        Device.Status status = owner.status() == Owner.Status.ACTIVATION_REQUIRED
                ? Device.Status.ACTIVATION_REQUIRED
                : Device.Status.ACTIVE;
        return new NewDevice(kind, status, owner.status() == Owner.Status.BLOCKED, null, null);
    }

    private static boolean hasDrift(JsonObject document) {
        @Nullable JsonValue totp = document.get("totp");
        return totp instanceof JsonObject object && object.containsKey("drift");
    }
}
