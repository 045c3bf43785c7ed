package org.oathbound.token.control;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.oathbound.directory.Directory;
import org.oathbound.environment.Environment;
import org.oathbound.problem.Contention;
import org.oathbound.token.entity.JobRow;
import org.oathbound.token.entity.LabelChange;
import org.oathbound.token.entity.Token.Metadata;
import org.oathbound.token.entity.Token.Use;
import org.oathbound.token.entity.TokenId;

/** Changes what is told about fobs. None of it decides about a code. */
@ApplicationScoped
public class TokenLabels {

    private final Directory directory;

    @Inject
    public TokenLabels(Directory directory) {
        this.directory = directory;
    }

    /**
     * Changes the label of a fob for a job's row, by one compare-and-set; a row that did so before counts as done, whatever
     * was told of the token since. False when there is no such fob.
     */
    public boolean change(Environment environment, TokenId token, LabelChange change, JobRow origin) {
        DN dn = TokenEntry.dn(environment, token);
        return Contention.settle(() -> {
            ReadOnlyEntry seen = directory.read(dn).orElse(null);
            if (seen != null && JobMarks.has(seen, origin)) {
                return Optional.of(true);
            }
            if (seen == null || TokenEntry.isRevoked(seen)) {
                return Optional.of(false);
            }
            Metadata metadata = TokenEntry.token(seen).metadata();
            if (metadata.use() != Use.FOB) {
                return Optional.of(false);
            }
            Entry wanted = seen.duplicate();
            TokenEntry.describe(wanted, change.applied(metadata.label()));
            JobMarks.put(wanted, seen, origin);
            return directory.modifyIfUnchanged(seen, wanted) ? Optional.of(true) : Optional.empty();
        });
    }
}
