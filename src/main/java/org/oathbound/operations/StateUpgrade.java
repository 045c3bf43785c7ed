package org.oathbound.operations;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.RDN;
import com.unboundid.ldap.sdk.ReadOnlyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.oathbound.directory.Attributes;
import org.oathbound.directory.DataFormat;
import org.oathbound.directory.Directory;
import org.oathbound.directory.Schema;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.environment.Tenancy;
import org.oathbound.problem.Problem;
import org.oathbound.token.control.TokenUpgrade;

/**
 * Brings what an earlier version has stored, or a backup of it has brought back, to the form that this one works with:
 * once, before any client is served. One that is cut short is begun again at the next start.
 */
@ApplicationScoped
class StateUpgrade {

    private static final Logger LOG = System.getLogger(StateUpgrade.class.getName());
    private static final String FORMAT = Integer.toString(DataFormat.LATEST);

    private final Directory directory;
    private final Environments environments;
    private final Tenancy tenancy;
    private final TokenUpgrade tokens;

    @Inject
    StateUpgrade(Directory directory, Environments environments, Tenancy tenancy, TokenUpgrade tokens) {
        this.directory = directory;
        this.environments = environments;
        this.tenancy = tenancy;
        this.tokens = tokens;
    }

    void run() {
        if (FORMAT.equals(suffix().getAttributeValue(Schema.FORMAT))) {
            return;
        }
        LOG.log(Level.INFO, "What an earlier version has stored is brought to format {0}; this is done once.", FORMAT);
        List.of("Padding", "Nodes").forEach(this::addContainer);
        long count = 0;
        for (Environment environment : environments.all()) {
            tenancy.addContainers(environment);
            count += tokens.upgrade(environment);
        }
        ReadOnlyEntry before = suffix();
        Entry wanted = before.duplicate();
        wanted.setAttribute(Schema.FORMAT, FORMAT);
        if (!directory.modifyIfUnchanged(before, wanted)) {
            throw new IllegalStateException("The suffix entry changed while the stored state was upgraded.");
        }
        LOG.log(Level.INFO, "The stored state has format {0} now; tokens: {1}.", FORMAT, count);
    }

    private ReadOnlyEntry suffix() {
        return directory
                .read(directory.suffix())
                .orElseThrow(() -> new Problem.Corrupt("The suffix entry " + directory.suffix() + " is missing."));
    }

    private void addContainer(String name) {
        directory.add(Attributes.newContainer(new DN(new RDN(Schema.OU, name), directory.suffix())));
    }
}
