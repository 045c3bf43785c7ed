package org.oathbound.access.control;

import jakarta.security.enterprise.CallerPrincipal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.oathbound.access.entity.Application;
import org.oathbound.access.entity.BreakGlassPass;

/** The application that sent the request, or the host's owner as one; the name is the application's id. */
public final class Caller extends CallerPrincipal {

    private final transient Application application;
    private final transient @Nullable BreakGlassPass breakGlass;

    public Caller(Application application) {
        this(application, null);
    }

    Caller(Application application, @Nullable BreakGlassPass breakGlass) {
        super(application.id().toString());
        this.application = application;
        this.breakGlass = breakGlass;
    }

    public Application application() {
        return application;
    }

    /** Why and by which pass, where the host's owner has broken the glass. */
    public Optional<BreakGlassPass> breakGlass() {
        return Optional.ofNullable(breakGlass);
    }
}
