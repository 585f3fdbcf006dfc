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

from core.access.roles import all_roles
from seoul_digital.lib.hangul import postposition

from ..models import User

FOR_ONCE = "처음 한 번만 쓰는 비밀번호입니다. 본인이 로그인하면 바로 새 비밀번호를 정하게 됩니다."


class FirstPasswordMixin(SetPasswordMixin):
    def set_password_and_save(self, user: User, *args: Any, **kwargs: Any) -> User:
        user.must_change_password = True
        return super().set_password_and_save(user, *args, **kwargs)


class BureauOfRoleMixin:
    def clean(self) -> Any:
        """A role that is bound to a bureau needs one, else it would reach nothing."""
        cleaned = super().clean() or self.cleaned_data  # type: ignore[misc, attr-defined]
        bound = [
            group.name
            for group in cleaned.get("groups", ())
            if group.name in all_roles() and all_roles()[group.name].own_bureau_only
        ]
        if bound and not (cleaned.get("department") or cleaned.get("is_city_wide")):
            roles = "과 ".join(bound)
            topic = postposition(roles, ("은", "는"))
            sentence = (
                f"{roles}{topic} 한 국·정책관의 일을 합니다. 소속 부서를 고르거나 ‘서울시 전체’를 켜 주세요."
            )
            self.add_error("department", sentence)  # type: ignore[attr-defined]
        return cleaned


class NewUserForm(BureauOfRoleMixin, FirstPasswordMixin, UserCreationForm):
    password1, password2 = SetPasswordMixin.create_password_fields("첫 비밀번호", "첫 비밀번호 확인")

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "last_name", "first_name", "email", "department", "groups", "is_city_wide")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = password_validation.password_validators_help_text_html()
        self.fields["password1"].help_text = f"{FOR_ONCE}{rules}"


class GivenPasswordForm(FirstPasswordMixin, AdminPasswordChangeForm):
    """A new password by an administrator, as after one was forgotten. An account that shall rest is made inactive instead."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


class StaffUserForm(BureauOfRoleMixin, UserChangeForm):
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
