package org.oathbound.job.control;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import java.util.Objects;
import org.oathbound.audit.Action;
import org.oathbound.audit.Audit;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.Outcome;
import org.oathbound.environment.Environment;
import org.oathbound.job.entity.Job;
import org.oathbound.job.entity.RowReport;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenLabels;
import org.oathbound.token.control.Tokens;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.LabelChange;
import org.oathbound.token.entity.TokenId;

/** A row that changes what is told about a token, whoever has it: nothing of that decides about a code. */
@Dependent
final class LabelToken implements RowWork {

    private final Tokens tokens;
    private final TokenLabels labels;
    private final Audit audit;

    @Inject
    LabelToken(Tokens tokens, TokenLabels labels, Audit audit) {
        this.tokens = tokens;
        this.labels = labels;
        this.audit = audit;
    }

    @Override
    public void row(Environment environment, Job.Options options, JobRow origin, JsonValue row, ChunkTotals totals) {
        LabelChange change = Objects.requireNonNull(options.label(), "such a job was not let in");
        TokenRow named;
        try {
            named = TokenRow.read(options, row);
        } catch (Problem.InvalidData faulty) {
            totals.refused((String) null, faulty);
            return;
        }
        totals.row(origin.ordinal() + 1, named.cells());
        TokenId token = new TokenId(named.token());
        boolean there = options.preview()
                ? tokens.find(environment, token).isPresent()
                : labels.change(environment, token, change, origin);
        if (!there) {
            totals.faulty(named.subject(), named.unknown());
            return;
        }
        if (!options.preview()) {
            audit.record(new AuditEvent(Action.OATH_TOKEN_LABEL, Outcome.SUCCESS).object(named.token()));
        }
        totals.succeeded(RowReport.Outcome.LABEL);
    }
}
