package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.problem.Detail;
import org.oathbound.problem.DetailCode;
import org.oathbound.problem.Texts;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.TokenId;

/** A row that revokes a token. */
@Dependent
final class RevokeToken implements RowWork {

    private static final String TARGET = "tokenIds";

    private final Tokens tokens;
    private final RefuseRoleHolders roles;
    private final Audit audit;

    @Inject
    RevokeToken(Tokens tokens, RefuseRoleHolders roles, Audit audit) {
        this.tokens = tokens;
        this.roles = roles;
        this.audit = audit;
    }

    @Override
    public void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
        if (!(row instanceof JsonString text) || !Texts.isUuid(text.getString())) {
            totals.faulty(null, new Detail(DetailCode.INVALID_VALUE, TARGET, "This is not the id of a token."));
            return;
        }
        UUID id = UUID.fromString(text.getString());
        totals.row(origin.ordinal() + 1, List.of(id.toString()));
        TokenId token = new TokenId(id);
        Optional<Detail> refusal =
                options.forceUnpair() ? roles.revocation(environment, token, TARGET) : Optional.empty();
        if (refusal.isPresent()) {
            totals.faulty(id.toString(), refusal.get());
            return;
        }
        switch (tokens.revoke(environment, token, options.forceUnpair(), origin)) {
            case REVOKED -> {
                audit.record(new AuditEvent(Action.OATH_TOKEN_REVOKE, Outcome.SUCCESS).object(id));
                totals.succeeded();
            }
            case PAIRED -> totals.stillPaired(id);
            case UNKNOWN ->
                totals.faulty(
                        id.toString(), new Detail(DetailCode.INVALID_VALUE, TARGET, "There is no token with this id."));
        }
    }
}
