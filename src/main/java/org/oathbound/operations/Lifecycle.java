package org.oathbound.operations;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.oathbound.audit.Action;
import org.oathbound.audit.AuditEvent;
import org.oathbound.audit.AuditTrail;
import org.oathbound.audit.Outcome;
import org.oathbound.environment.Environment;
import org.oathbound.environment.Environments;
import org.oathbound.job.control.Jobs;
import org.oathbound.ldap.LdapListener;
import org.oathbound.operations.launcher.ConfigurationCheck;
import org.oathbound.operations.launcher.StartOutcome;
import org.oathbound.person.control.CorporateDirectories;
import org.oathbound.problem.Problem;

/** Starts what must run, in order, and stops it. A start that fails leaves no port open, and the log says why. */
@ApplicationScoped
public class Lifecycle {

    private static final Logger LOG = System.getLogger(Lifecycle.class.getName());

    private final Bootstrap bootstrap;
    private final StateUpgrade upgrade;
    private final BootstrapFile file;
    private final Housekeeping housekeeping;
    private final KeyUpkeep keys;
    private final Demo demo;
    private final Jobs jobs;
    private final LdapListener ldap;
    private final Environments environments;
    private final AuditTrail audit;
    private final CorporateDirectories corporate;
    private final OpenPorts openPorts;
    private final Config config;
    private volatile boolean started;

    @Inject
    public Lifecycle(
            Bootstrap bootstrap,
            StateUpgrade upgrade,
            BootstrapFile file,
            Housekeeping housekeeping,
            KeyUpkeep keys,
            Demo demo,
            Jobs jobs,
            LdapListener ldap,
            Environments environments,
            AuditTrail audit,
            CorporateDirectories corporate,
            OpenPorts openPorts,
            Config config) {
        this.bootstrap = bootstrap;
        this.upgrade = upgrade;
        this.file = file;
        this.housekeeping = housekeeping;
        this.keys = keys;
        this.demo = demo;
        this.jobs = jobs;
        this.ldap = ldap;
        this.environments = environments;
        this.audit = audit;
        this.corporate = corporate;
        this.openPorts = openPorts;
        this.config = config;
    }

    /** Behind all others that read their configuration at the start: what they refuse opens no port. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) Startup event) {
        Environment environment;
        ConfigurationCheck configuration = ConfigurationCheck.ofProcess(); // the server may have set properties
        try {
            configuration.requireNoFailure();
            demo.check();
            openPorts.check();
            environment = bootstrap.ensure();
            upgrade.run();
            corporate.check();
            audit.record(new AuditEvent(Action.SERVICE_START, Outcome.SUCCESS));
            housekeeping.start();
            demo.fill(environment, http());
            environments.all().forEach(jobs::resume);
            keys.start();
            ldap.start();
        } catch (RuntimeException e) {
            StartOutcome.failed(String.valueOf(e.getMessage()), LOG);
            throw e;
        }
        started = true;
        StartOutcome.started(() -> greet(environment, configuration.warnings()));
    }

    private void greet(Environment environment, List<String> warnings) {
        LOG.log(Level.INFO, banner(environment));
        warnings.forEach(warning -> LOG.log(Level.WARNING, warning));
        openPorts.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    }

    /** The requests of HTTP have finished by now; those of LDAP finish, then jobs pause, and the directory closes last. */
    void stop(@Observes Shutdown event) {
        boolean wasStarted = started;
        started = false;
        ldap.stop();
        housekeeping.stop();
        keys.stop();
        jobs.pause();
        if (wasStarted) {
            endAudit();
        }
    }

    private void endAudit() {
        try {
            audit.writeCounts();
            audit.record(new AuditEvent(Action.SERVICE_STOP, Outcome.SUCCESS));
        } catch (Problem.Unavailable e) {
            LOG.log(Level.WARNING, "The audit could not be told of the stop.");
        }
        audit.close();
    }

    /** Whether the start has come to its end. */
    public boolean isStarted() {
        return started;
    }

    /** Where the first administrator finds what is needed, and what to do with it; never the values themselves. */
    private String banner(Environment environment) {
        String http = http();
        List<String> lines = new ArrayList<>();
        lines.add("Oathbound has started: " + openPorts.describe(ldap));
        if (file.exists()) {
            lines.add("What the first administrator needs is in " + file.path() + ". An access token:");
            lines.add("  . " + file.path());
        } else {
            lines.add("An access token, with the id and the secret of an application:");
        }
        lines.add("  curl -s -u \"$OATHBOUND_CLIENT_ID:$OATHBOUND_CLIENT_SECRET\" -d grant_type=client_credentials "
                + http + "/" + environment.id() + "/as/token");
        demo.file().ifPresent(path -> lines.add("The demo's people, and how to get their codes: " + path));
        return String.join(System.lineSeparator(), lines);
    }

    private String http() {
        return config.getOptionalValue("oathbound.public-url", String.class)
                .orElse("http://localhost:"
                        + config.getOptionalValue("payara.instance.http.port", Integer.class)
                                .orElse(8080));
    }
}
