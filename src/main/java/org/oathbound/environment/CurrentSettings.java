package org.oathbound.environment;

import jakarta.enterprise.context.ApplicationScoped;

/** What is in force in an environment, at most a second old. */
@ApplicationScoped
public class CurrentSettings {

    public Settings of(Environment environment) {
        return Settings.DEFAULT;
    }
}
