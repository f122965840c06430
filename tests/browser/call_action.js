([action, data]) => {
  const name = document.querySelector("meta[name=csrf_field_name]").content;
  const token = document.querySelector(`meta[name="${name}"]`).content;
  const headers = {"X-CSRFToken": token};
  let body;
  if (data.upload) {
    body = new FormData();
    Object.entries({...data, upload: new File([data.upload.text], data.upload.name)}).forEach((pair) => body.append(...pair));
  } else {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(data);
  }
  return fetch("/api/3/action/" + action, {method: "POST", headers, body}).then((answer) => answer.json());
}
