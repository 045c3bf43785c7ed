package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.Result;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenDocument;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.Tokens.Creation;
import org.oathbound.token.entity.NewToken;
import org.oathbound.token.entity.Origin;

/** A row that creates a token. */
@Dependent
final class CreateToken implements RowWork {

    private final Tokens tokens;

    @Inject
    CreateToken(Tokens tokens) {
        this.tokens = tokens;
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
        try {
            create(environment, TokenDocument.read(document, options.minimumSecretBits()), origin, rowNumber, tally);
        } catch (Problem.InvalidData invalid) {
            invalid.details().forEach(detail -> tally.faulty(rowNumber, Tally.serialNumber(document), detail));
        }
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
