from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from . import views
from .locks import refuse_where_locked
from .sign_in import SignInView

urlpatterns = [
    path("login/", login_not_required(SignInView.as_view()), name="login"),
    path("logout/", login_not_required(auth_views.LogoutView.as_view()), name="logout"),
    path("password/", refuse_where_locked(views.PasswordChangeView.as_view()), name="password_change"),
    path("password/done/", auth_views.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("code/", refuse_where_locked(views.confirm_code), name="confirm_code"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("second-factor/new/", refuse_where_locked(views.second_factor_new), name="second_factor_new"),
    path("second-factor/later/", views.second_factor_later, name="second_factor_later"),
    path("second-factor/codes/", refuse_where_locked(views.second_factor_codes), name="second_factor_codes"),
    path(
        "second-factor/remove/", refuse_where_locked(views.second_factor_remove), name="second_factor_remove"
    ),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/end/", views.end_session, name="end_session"),
    path("sessions/end-others/", views.end_other_sessions, name="end_other_sessions"),
]
