package org.oathbound.access.control;

import jakarta.security.enterprise.CallerPrincipal;
import org.oathbound.access.entity.Application;

/** The application that sent the request; its name is the application's id. */
public final class Caller extends CallerPrincipal {

    private final transient Application application;

    public Caller(Application application) {
        super(application.id().toString());
        this.application = application;
    }

    public Application application() {
        return application;
    }
}
