package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Optional;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport;
import org.oathbound.problem.Detail;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.control.Tokens.Revocation;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.TokenId;

/** A row that revokes a token. */
@Dependent
final class RevokeToken implements RowWork {

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
        TokenRow named;
        try {
            named = TokenRow.read(options, row);
        } catch (Problem.InvalidData faulty) {
            totals.refused((String) null, faulty);
            return;
        }
        totals.row(origin.ordinal() + 1, named.cells());
        TokenId token = new TokenId(named.token());
        Optional<Detail> refusal =
                options.forceUnpair() ? roles.revocation(environment, token, named.target()) : Optional.empty();
        if (refusal.isPresent()) {
            totals.faulty(named.subject(), refusal.get());
            return;
        }
        switch (revocation(environment, token, options, origin)) {
            case REVOKED -> totals.succeeded(RowReport.Outcome.REVOKE);
            case PAIRED -> totals.stillPaired(named.token());
            case UNKNOWN -> totals.faulty(named.subject(), named.unknown());
        }
    }

    private Revocation revocation(Environment environment, TokenId token, Job.Options options, JobRow origin) {
        if (options.preview()) {
            return tokens.foreseeRevocation(environment, token, options.forceUnpair());
        }
        Revocation revocation = tokens.revoke(environment, token, options.forceUnpair(), origin);
        if (revocation == Revocation.REVOKED) {
            audit.record(new AuditEvent(Action.OATH_TOKEN_REVOKE, Outcome.SUCCESS).object(token.value()));
        }
        return revocation;
    }
}
