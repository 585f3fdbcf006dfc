"""Forms of users: one page makes an account, and whoever is given a password by another changes it at the first sign-in."""

from typing import Any

from django.contrib.auth import password_validation
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    PasswordChangeForm,
    SetPasswordMixin,
    UserChangeForm,
    UserCreationForm,
)

from .models import User

FOR_ONCE = "처음 한 번만 쓰는 비밀번호입니다. 본인이 로그인하면 바로 새 비밀번호를 정하게 됩니다."


class FirstPasswordMixin(SetPasswordMixin):
    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        user.must_change_password = True
        return super().set_password_and_save(user, *args, **kwargs)


class NewUserForm(FirstPasswordMixin, UserCreationForm):
    password1, password2 = SetPasswordMixin.create_password_fields("첫 비밀번호", "첫 비밀번호 확인")

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "last_name", "first_name", "email", "department", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = password_validation.password_validators_help_text_html()
        self.fields["password1"].help_text = f"{FOR_ONCE}{rules}"


class GivenPasswordForm(FirstPasswordMixin, AdminPasswordChangeForm):
    """A new password by an administrator, as after one was forgotten. An account that shall rest is made inactive instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class StaffUserForm(UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class OwnPasswordForm(PasswordChangeForm):
    """A new password by the user, which has to be another one."""

    def clean(self) -> Any:
        new, old = self.cleaned_data.get("new_password1"), self.cleaned_data.get("old_password")
        if new and new == old:
            self.add_error("new_password1", "지금과 다른 비밀번호를 정해 주세요.")
        return super().clean()

    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        user.must_change_password = False
        return super().set_password_and_save(user, *args, **kwargs)
