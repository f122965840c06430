([action, data]) => {
  const name = document.querySelector("meta[name=csrf_field_name]").content;
  const token = document.querySelector(`meta[name="${name}"]`).content;
  return fetch("/api/3/action/" + action, {
    method: "POST", headers: {"Content-Type": "application/json", "X-CSRFToken": token}, body: JSON.stringify(data),
  }).then((answer) => answer.json());
}
