// The Vaadin elements of sign-in and the frame of the shell, loaded at once.
import '@vaadin/app-layout';
import '@vaadin/app-layout/vaadin-drawer-toggle.js';
import '@vaadin/button';
import '@vaadin/checkbox';
import '@vaadin/email-field';
import '@vaadin/menu-bar';
import '@vaadin/password-field';
import '@vaadin/progress-bar';
import '@vaadin/select';
import '@vaadin/text-field';
import '@vaadin/tooltip';
