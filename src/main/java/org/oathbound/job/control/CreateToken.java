package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import org.oathbound.environment.CurrentSettings;
import org.oathbound.environment.Environment;
import org.oathbound.environment.OathSettings;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Result;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Fields;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenDocument;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.Tokens.Creation;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Origin;
import org.oathbound.token.entity.SerialNumber;
import org.oathbound.token.entity.TokenId;

/** A row that creates a token. */
@Dependent
final class CreateToken implements RowWork {

    private final Tokens tokens;
    private final CurrentSettings settings;

    @Inject
    CreateToken(Tokens tokens, CurrentSettings settings) {
        this.tokens = tokens;
        this.settings = settings;
    }

    @Override
    public void row(Environment environment, Job.Options options, Origin origin, JsonValue row, Tally tally) {
        int place = origin.ordinal() + 1;
        if (!(row instanceof JsonObject document)) {
            tally.faulty(
                    place, null, new Detail(DetailCode.INVALID_VALUE, null, "Each of the tokens must be an object."));
            return;
        }
        Integer given = TokenDocument.rowNumber(document);
        int rowNumber = given == null ? place : given;
        OathSettings oathSettings = settings.of(environment).oath();
        try {
            NewToken token = TokenDocument.read(document, oathSettings, options.minimumSecretBits());
            create(environment, token, origin, rowNumber, tally);
        } catch (Problem.InvalidData invalid) {
            if (isDone(environment, document, origin)) {
                tally.succeeded();
            } else {
                invalid.details().forEach(detail -> tally.faulty(rowNumber, Tally.serialNumber(document), detail));
            }
        }
    }

    /** Whether this row was in order before, when the environment was set otherwise. */
    private boolean isDone(Environment environment, JsonObject document, Origin origin) {
        SerialNumber serialNumber = TokenDocument.serialNumber(new Fields(document, "", new ArrayList<>()));
        return serialNumber != null
                && tokens.isMarkedBy(environment, TokenId.of(environment.id(), serialNumber), origin);
    }

    private void create(Environment environment, NewToken token, Origin origin, int rowNumber, Tally tally) {
        String serialNumber = token.serialNumber().value();
        if (tokens.create(environment, token, origin) == Creation.DUPLICATE) {
            tally.duplicate(new Result.Duplicate(rowNumber, serialNumber, token.maskedSecret()));
            return;
        }
        tally.succeeded();
        if (token.secretBits() < TokenDocument.MINIMUM_SECRET_BITS) {
            tally.shortSecret(new Result.ShortSecret(rowNumber, serialNumber, token.secretBits()));
        }
    }
}
